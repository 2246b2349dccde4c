using System.Runtime.InteropServices;
using System.Text;

namespace Rialto.Engine.Library;

/// <summary>The <c>{name:Type}</c> values of one call, laid out in unmanaged memory as the library wants them; the library copies them during the call.</summary>
internal sealed unsafe class Parameters : IDisposable
{
    private readonly void* _block;

    public Parameters(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        Count = (nuint)values.Count;
        if (Count == 0)
            return;
        var bytes = 0;
        foreach (var (name, value) in values)
            bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        var count = values.Count;
        _block = NativeMemory.Alloc((nuint)((4 * sizeof(nuint) * count) + bytes));
        Names = (byte**)_block;
        Values = Names + count;
        NameLengths = (nuint*)(Values + count);
        ValueLengths = NameLengths + count;
        var text = (byte*)(ValueLengths + count);
        for (var i = 0; i < count; i++)
        {
            Names[i] = text;
            text += NameLengths[i] = Write(values[i].Key, text);
            Values[i] = text;
            text += ValueLengths[i] = Write(values[i].Value, text);
        }
    }

    public nuint Count { get; }

    public byte** Names { get; }

    public byte** Values { get; }

    public nuint* NameLengths { get; }

    public nuint* ValueLengths { get; }

    public void Dispose() => NativeMemory.Free(_block);

    private static nuint Write(string text, byte* to) => (nuint)Encoding.UTF8.GetBytes(text, new Span<byte>(to, Encoding.UTF8.GetByteCount(text)));
}
