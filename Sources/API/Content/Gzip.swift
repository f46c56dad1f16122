import CZlib
import NIOCore

/// Compression as gzip (RFC 1952).
enum Gzip {
    /// Compresses a whole buffer.
    ///
    /// - Returns: `nil` where zlib has no memory.
    static func compress(_ bytes: ByteBuffer) -> ByteBuffer? {
        var stream = z_stream()
        guard start(&stream) else { return nil }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.readableBytes)))
        var result = ByteBuffer()
        // SAFETY: zlib writes into next_in's bytes by no means, though its type is not const; both regions outlive the
        // one call, and deflateBound makes sure that the output fits.
        let written = bytes.withUnsafeReadableBytes { input in
            result.writeWithUnsafeMutableBytes(minimumWritableBytes: bound) { output in
                stream.next_in = UnsafeMutablePointer(mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return written > 0 ? result : nil
    }

    /// Makes a stream ready to compress.
    ///
    /// - Returns: whether zlib has memory for it; `deflateEnd` gives that back.
    static func start(_ stream: UnsafeMutablePointer<z_stream>) -> Bool {
        // 15 bits of window, and 16 for the gzip wrapper. Level 4: on JSON two thirds of the time of level 6 for some
        // three percent more bytes.
        deflateInit2_(
            stream,
            4,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        ) == Z_OK
    }
}
