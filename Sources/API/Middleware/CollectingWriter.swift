import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// Takes a response's body into one buffer.
struct CollectingWriter: ResponseBodyWriter {
    /// Where the bytes go; a reference, because the writer is consumed by the body.
    final class Storage: Sendable {
        let buffer: Mutex<ByteBuffer>

        init(capacity: Int) {
            buffer = Mutex(ByteBuffer())
            buffer.withLock { $0.reserveCapacity(capacity) }
        }
    }

    let storage: Storage

    mutating func write(_ buffer: ByteBuffer) async throws {
        storage.buffer.withLock { storage in
            var buffer = buffer
            storage.writeBuffer(&buffer)
        }
    }

    mutating func write(contentsOf buffers: some Sequence<ByteBuffer>) async throws {
        for buffer in buffers { try await write(buffer) }
    }

    consuming func finish(_: HTTPFields?) async throws {}
}
