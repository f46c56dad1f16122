import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes a response's body into one buffer.
struct CollectingWriter: ResponseBodyWriter {
    /// Where the bytes go; a reference, because the writer is consumed by the body.
    final class Storage: Sendable {
        let buffer = Mutex(ByteBuffer())
    }

    let storage: Storage

    mutating func write(_ buffer: ByteBuffer) async throws {
        storage.buffer.withLock { storage in
            // Most bodies are one buffer, which need not be copied.
            guard storage.readableBytes > 0 else {
                storage = buffer
                return
            }
            var buffer = buffer
            storage.writeBuffer(&buffer)
        }
    }

    mutating func write(contentsOf buffers: some Sequence<ByteBuffer>) async throws {
        for buffer in buffers { try await write(buffer) }
    }

    consuming func finish(_: HTTPFields?) async throws {}
}
