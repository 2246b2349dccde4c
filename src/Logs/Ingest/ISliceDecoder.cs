namespace Rialto.Logs.Ingest;

/// <summary>Decodes a body that arrives slice by slice. One instance a request: it keeps the place between two slices.</summary>
internal interface ISliceDecoder
{
    /// <summary>
    /// Takes whole records from the front of the slice and returns how many bytes they were. It stops when the intake is full, or at a record
    /// that goes on in the next slice; when <paramref name="final"/> there is no next one.
    /// </summary>
    int Decode(ReadOnlySpan<byte> slice, bool final, Intake intake);
}
