namespace Rialto.Logs.Records;

/// <summary>
/// One growing column of fixed-size values. It belongs to a pooled batch, so its array is kept when the column is cleared
/// and a warm batch allocates nothing.
/// </summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private T[] _items = [];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Span => _items.AsSpan(0, Count);

    /// <summary>Elements the column can hold before it grows: what the pool counts.</summary>
    public int Capacity => _items.Length;

    public T this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public void Add(T item)
    {
        if (Count == _items.Length)
            Grow(1);
        _items[Count++] = item;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        if (Count + items.Length > _items.Length)
            Grow(items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    public void Fill(T item, int count)
    {
        if (Count + count > _items.Length)
            Grow(count);
        _items.AsSpan(Count, count).Fill(item);
        Count += count;
    }

    /// <summary>Forgets everything from <paramref name="count"/> on: how a half-written row is taken back.</summary>
    public void Truncate(int count) => Count = count;

    private void Grow(int more) =>
        Array.Resize(ref _items, Math.Max(Count + more, Math.Max(16, _items.Length * 2)));
}
