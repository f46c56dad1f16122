import Extraction
import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Registry

/// Adding papers, one or many.
struct SubmissionRoutes {
    let registry: Registry
    let extractor: @Sendable () async -> Extractor
    let limits: APILimits
    let access: AccessControl

    func add(to group: RouterGroup<APIContext>) {
        group.post("papers", use: addOne)
        group.post("papers:batch", use: addBatch)
    }

    @Sendable private func addOne(request: Request, context: APIContext) async throws -> Response {
        _ = try await access.require(.papersWrite, of: request)
        try QueryReader(request).finish()
        let reader = ContentReader(maximumBytes: limits.bodyBytes, timeLimit: limits.bodyTime)
        let paper = try SubmittedPaper.read(try await reader.readJSON(request), with: await extractor())
        guard let outcome = try await registry.ingest([paper]).first else { throw Problem(.internalError) }
        if case .refused(let reason) = outcome.result { throw Problem(.conflict, reason) }
        var response = Response.json(capacity: 256) { json in json.object { $0.members(of: outcome) } }
        if outcome.result == .created, let id = outcome.paperID {
            response.status = .created
            response.headers[.location] = "/v1/papers/\(id)"
        }
        return response
    }

    @Sendable private func addBatch(request: Request, context: APIContext) async throws -> Response {
        _ = try await access.require(.papersWrite, of: request)
        try QueryReader(request).finish()
        let reader = ContentReader(maximumBytes: limits.batchBytes, timeLimit: limits.bodyTime)
        let (_, bytes) = try await reader.read(request, as: [.jsonLines])
        let batch = SubmissionBatch(
            registry: registry,
            extractor: await extractor(),
            maximumLineBytes: limits.bodyBytes,
            logger: context.logger
        )
        let body = ResponseBody { writer in
            var lines = SubmissionBatch.Lines(bytes)
            while let outcomes = await batch.next(&lines) {
                try await writer.write(ByteBuffer(bytes: outcomes))
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: MediaTypeName.jsonLines.rawValue], body: body)
    }
}

extension JSONWriter {
    /// The members that tell what became of a paper.
    mutating func members(of outcome: IngestOutcome) {
        member("outcome", outcome.word)
        member("paper_id", outcome.paperID)
        member("counts", outcome.counts)
    }
}
