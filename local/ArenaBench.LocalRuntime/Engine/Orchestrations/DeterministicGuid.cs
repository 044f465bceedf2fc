using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Name-based GUIDs (RFC 4122, version 5).</summary>
internal static class DeterministicGuid
{
    private static readonly byte[] s_space = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    public static Guid Of(string name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // prescribed for version 5; nothing secret about it
        SHA1.HashData([.. s_space, .. Encoding.UTF8.GetBytes(name)], hash);
#pragma warning restore CA5350
        var version = BinaryPrimitives.ReadUInt16BigEndian(hash[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((version & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
