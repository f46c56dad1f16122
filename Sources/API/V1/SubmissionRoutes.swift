import Extraction
import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Registry

/// Adding papers, one or many.
struct SubmissionRoutes {
    let extractor: @Sendable () async -> Extractor
    let limits: APILimits
    let access: AccessControl
    let idempotency: Idempotency

    func add(to group: RouterGroup<APIContext>) {
        group.post("papers", use: addOne)
        group.post("papers:batch", use: addBatch)
    }

    @Sendable private func addOne(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.papersWrite, of: request)
        return try await idempotency.once(request, context, by: principal) { request, registry in
            try QueryReader(request).finish()
            let reader = ContentReader(maximumBytes: limits.bodyBytes, timeLimit: limits.bodyTime)
            let node = try await reader.readJSON(request)
            let paper = try SubmittedPaper.read(node, with: await extractor(), by: principal)
            guard let outcome = try await registry.ingest([paper]).first else { throw Problem(.internalError) }
            if case .refused(let reason) = outcome.result { throw Problem(.conflict, reason) }
            var response = Response.json(capacity: 256) { json in json.object { $0.members(of: outcome) } }
            if outcome.result == .created, let id = outcome.paperID {
                response.status = .created
                response.headers[.location] = "/v1/papers/\(id)"
            }
            return response
        }
    }

    @Sendable private func addBatch(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.papersWrite, of: request)
        let extractor = await extractor()
        return try await idempotency.lines(request, context, by: principal, limits: limits) { registry, isWhole in
            SubmissionBatch(
                registry: registry,
                extractor: extractor,
                principal: principal,
                maximumLineBytes: limits.bodyBytes,
                isWhole: isWhole,
                logger: context.logger
            )
        }
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
