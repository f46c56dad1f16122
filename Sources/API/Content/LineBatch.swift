import Hummingbird
import NIOCore
import Registry

/// Many things in one request, one a line, each with an outcome of its own.
protocol LineBatch: Sendable {
    /// Takes the next line, or the next portion of lines.
    ///
    /// - Returns: an outcome for each, as JSON Lines; `nil` when there are no more.
    /// - Throws: what the registry throws, where the batch is kept as a whole.
    func next(_ lines: inout BatchLines) async throws -> [UInt8]?
}

/// The lines of a batch that are not yet read.
struct BatchLines {
    private let bytes: [UInt8]
    private var start = 0
    private var number = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next line that is not blank, and its number from 1.
    mutating func next() -> (number: Int, line: ArraySlice<UInt8>)? {
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = bytes[start..<end]
            start = end + 1
            number += 1
            if line.contains(where: { $0 > 0x20 }) { return (number, line) }
        }
        return nil
    }
}

extension Idempotency {
    /// Carries out a request for many things.
    ///
    /// - Parameters:
    ///   - request: the request, of which no content has been read yet.
    ///   - context: its context.
    ///   - principal: who sends it.
    ///   - limits: how much it may hold.
    ///   - makeBatch: makes the batch over the registry that it is given; with a key it is kept as a whole or not at all.
    /// - Returns: the answer, which is written while the lines are taken.
    /// - Throws: as ``once(_:_:by:maximumBytes:withholding:handler:)``.
    func lines(
        _ request: Request,
        _ context: APIContext,
        by principal: Principal,
        limits: APILimits,
        makeBatch: (_ registry: Registry, _ isWhole: Bool) -> some LineBatch
    ) async throws -> Response {
        let isWhole = request.headers[.idempotencyKey] != nil
        return try await once(request, context, by: principal, maximumBytes: limits.batchBytes) { request, registry in
            try QueryReader(request).finish()
            let reader = ContentReader(maximumBytes: limits.batchBytes, timeLimit: limits.bodyTime)
            let (_, bytes) = try await reader.read(request, as: [.jsonLines])
            let batch = makeBatch(registry, isWhole)
            let body = ResponseBody { writer in
                var lines = BatchLines(bytes)
                while let outcomes = try await batch.next(&lines) {
                    try await writer.write(ByteBuffer(bytes: outcomes))
                }
                try await writer.finish(nil)
            }
            return Response(status: .ok, headers: [.contentType: MediaTypeName.jsonLines.rawValue], body: body)
        }
    }
}
