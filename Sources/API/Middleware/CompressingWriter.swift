import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Passes on what is written to it, compressed as gzip.
struct CompressingWriter: ResponseBodyWriter {
    private var inner: any ResponseBodyWriter
    private let gzip: GzipStream
    private var hash = SHA256()

    /// Takes the writer that the compressed bytes go to.
    init(_ inner: any ResponseBodyWriter, _ gzip: GzipStream) {
        self.inner = inner
        self.gzip = gzip
    }

    mutating func write(_ buffer: ByteBuffer) async throws {
        try await pass(gzip.compress(buffer))
    }

    consuming func finish(_ trailers: HTTPFields?) async throws {
        try await pass(gzip.finish())
        var trailers = trailers
        // It is the hash of what goes over the wire (RFC 9530, section 2), which are other bytes here.
        if trailers?[.contentDigest] != nil {
            trailers?[.contentDigest] = "sha-256=:\(Data(hash.finalize()).base64EncodedString()):"
        }
        try await inner.finish(trailers)
    }

    private mutating func pass(_ buffer: ByteBuffer) async throws {
        guard buffer.readableBytes > 0 else { return }
        hash.update(data: buffer.readableBytesView)
        try await inner.write(buffer)
    }
}
