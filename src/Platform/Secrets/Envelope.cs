using System.Security.Cryptography;
using System.Text;

namespace Rialto.Platform.Secrets;

/// <summary>
/// Seals bytes at rest. Each envelope has its own random AES-256 key, which is wrapped by a key of the <see cref="KeyRing"/>: rotation re-wraps 32
/// bytes and never touches the content. Both layers are AES-GCM bound to the purpose (for example the secret's name and version), so that a sealed
/// value moved to another row does not open.
/// <code>
/// version 1 | id length 1 | key id | wrap nonce 12 | wrapped key 32 | wrap tag 16 | nonce 12 | tag 16 | content
/// </code>
/// </summary>
internal sealed class Envelope(KeyRing ring)
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int WrapBytes = NonceBytes + KeyRing.KeyBytes + TagBytes;

    public byte[] Seal(ReadOnlySpan<byte> content, string purpose)
    {
        Span<byte> key = stackalloc byte[KeyRing.KeyBytes];
        RandomNumberGenerator.Fill(key);
        var head = WrappedKey(key, purpose);
        var sealedBytes = new byte[head.Length + NonceBytes + TagBytes + content.Length];
        head.CopyTo(sealedBytes, 0);
        var body = sealedBytes.AsSpan(head.Length);
        RandomNumberGenerator.Fill(body[..NonceBytes]);
        using (var aes = new AesGcm(key, TagBytes))
            aes.Encrypt(body[..NonceBytes], content, body[(NonceBytes + TagBytes)..], body.Slice(NonceBytes, TagBytes), Bound("content", purpose));
        CryptographicOperations.ZeroMemory(key);
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">Not sealed for this purpose, damaged, or by a key that is not in the ring.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        Span<byte> key = stackalloc byte[KeyRing.KeyBytes];
        var body = Unwrap(sealedBytes, purpose, key);
        if (body.Length < NonceBytes + TagBytes) throw Damaged();
        var content = new byte[body.Length - NonceBytes - TagBytes];
        using (var aes = new AesGcm(key, TagBytes))
            aes.Decrypt(body[..NonceBytes], body[(NonceBytes + TagBytes)..], body.Slice(NonceBytes, TagBytes), content, Bound("content", purpose));
        CryptographicOperations.ZeroMemory(key);
        return content;
    }

    /// <summary>The same content under the ring's current key; null when it already is.</summary>
    public byte[]? Rewrap(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        if (KeyId(sealedBytes) == ring.Current.Id) return null;
        Span<byte> key = stackalloc byte[KeyRing.KeyBytes];
        var body = Unwrap(sealedBytes, purpose, key);
        var head = WrappedKey(key, purpose);
        CryptographicOperations.ZeroMemory(key);
        return [.. head, .. body];
    }

    public static string KeyId(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < 2 || sealedBytes[0] != Version || sealedBytes.Length < 2 + sealedBytes[1]) throw Damaged();
        return Encoding.ASCII.GetString(sealedBytes.Slice(2, sealedBytes[1]));
    }

    private byte[] WrappedKey(ReadOnlySpan<byte> key, string purpose)
    {
        var (id, wrapping) = ring.Current;
        var head = new byte[2 + id.Length + WrapBytes];
        head[0] = Version;
        head[1] = (byte)id.Length;
        Encoding.ASCII.GetBytes(id, head.AsSpan(2));
        var wrap = head.AsSpan(2 + id.Length);
        RandomNumberGenerator.Fill(wrap[..NonceBytes]);
        using var aes = new AesGcm(wrapping, TagBytes);
        aes.Encrypt(wrap[..NonceBytes], key, wrap.Slice(NonceBytes, KeyRing.KeyBytes), wrap[(NonceBytes + KeyRing.KeyBytes)..], Bound("key", purpose));
        return head;
    }

    private ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> sealedBytes, string purpose, Span<byte> key)
    {
        var id = KeyId(sealedBytes);
        var wrapping = ring.Find(id) ?? throw new CryptographicException($"Sealed with key \"{id}\", which is not in the key ring.");
        var rest = sealedBytes[(2 + id.Length)..];
        if (rest.Length < WrapBytes) throw Damaged();
        using var aes = new AesGcm(wrapping, TagBytes);
        aes.Decrypt(rest[..NonceBytes], rest.Slice(NonceBytes, KeyRing.KeyBytes), rest.Slice(NonceBytes + KeyRing.KeyBytes, TagBytes), key, Bound("key", purpose));
        return rest[WrapBytes..];
    }

    private static byte[] Bound(string layer, string purpose) => Encoding.UTF8.GetBytes($"rialto:{layer}:{purpose}");

    private static CryptographicException Damaged() => new("The sealed bytes are damaged.");
}
