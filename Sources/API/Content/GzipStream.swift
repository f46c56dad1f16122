import CZlib
import NIOCore

/// Compresses as gzip (RFC 1952) piece by piece, in constant memory.
final class GzipStream {
    // zlib keeps the address of its stream, so it has to stay where it is.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isFirst = true

    /// Starts a stream; `nil` where zlib has no memory.
    init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard Gzip.start(stream) else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes bytes in.
    ///
    /// - Returns: what can be sent of them by now; all of the first ones, so that a reader sees soon that something comes.
    func compress(_ bytes: ByteBuffer) -> ByteBuffer {
        defer { isFirst = false }
        return deflated(bytes, isFirst ? Z_SYNC_FLUSH : Z_NO_FLUSH)
    }

    /// Ends the stream.
    ///
    /// - Returns: the rest.
    func finish() -> ByteBuffer {
        deflated(ByteBuffer(), Z_FINISH)
    }

    private func deflated(_ bytes: ByteBuffer, _ flush: Int32) -> ByteBuffer {
        var result = ByteBuffer()
        // SAFETY: zlib does not write into next_in's bytes, though its type is not const; they outlive all the calls here, and
        // each call is given the room that it writes to.
        bytes.withUnsafeReadableBytes { input in
            stream.pointee.next_in = UnsafeMutablePointer(
                mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress
            )
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                result.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.room) { output in
                    stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
                    stream.pointee.avail_out = UInt32(output.count)
                    deflate(stream, flush)
                    return output.count - Int(stream.pointee.avail_out)
                }
                // Where room was left, there is no more to come.
            } while stream.pointee.avail_out == 0
        }
        return result
    }

    private static let room = 32 * 1024
}
