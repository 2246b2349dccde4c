using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rialto.Forecast.Models;

/// <summary>Solves symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>Factors the matrix (row-major, lower triangle read) in place into L of L L'.</summary>
    /// <returns>False when it is not positive definite.</returns>
    public static bool Factor(Span<double> matrix, int size)
    {
        for (int i = 0; i < size; i++)
        {
            var rowI = matrix.Slice(i * size, size);
            for (int j = 0; j <= i; j++)
            {
                var rowJ = matrix.Slice(j * size, size);
                double rest = rowI[j] - Dot(rowI[..j], rowJ[..j]);
                if (i != j)
                {
                    rowI[j] = rest / rowJ[j];
                    continue;
                }
                if (!(rest > 0))
                    return false;
                rowI[i] = Math.Sqrt(rest);
            }
        }
        return true;
    }

    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> right)
    {
        for (int i = 0; i < size; i++)
            right[i] = (right[i] - Dot(factor.Slice(i * size, i), right[..i])) / factor[i * size + i];
        for (int i = size - 1; i >= 0; i--)
        {
            double rest = right[i];
            for (int j = i + 1; j < size; j++)
                rest -= factor[j * size + i] * right[j];
            right[i] = rest / factor[i * size + i];
        }
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        var sums = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            sums = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, (nuint)i), Vector512.LoadUnsafe(ref y, (nuint)i), sums);
        double dot = Vector512.Sum(sums);
        for (; i < a.Length; i++)
            dot += a[i] * b[i];
        return dot;
    }

    /// <summary>into += weight * row.</summary>
    public static void AddScaled(Span<double> into, ReadOnlySpan<double> row, double weight)
    {
        ref double x = ref MemoryMarshal.GetReference(into), y = ref MemoryMarshal.GetReference(row);
        var factor = Vector512.Create(weight);
        int i = 0;
        for (; i <= row.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref y, (nuint)i), factor, Vector512.LoadUnsafe(ref x, (nuint)i)).StoreUnsafe(ref x, (nuint)i);
        for (; i < row.Length; i++)
            into[i] += weight * row[i];
    }
}
