import Claims
import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Registry

/// Corrections: proposed by anyone with an account, decided on by reviewers, seen by all.
struct CorrectionRoutes {
    let registry: Registry
    let lists: Lists
    let limits: APILimits
    let access: AccessControl
    let idempotency: Idempotency

    func add(to group: RouterGroup<APIContext>) {
        group.get("corrections", use: list)
        group.post("corrections", use: propose)
        group.post("corrections:batch", use: proposeMany)
        group.get("corrections/{id}", use: get)
        group.post("corrections/{id}/accept", use: accept)
        group.post("corrections/{id}/reject", use: reject)
        group.post("corrections/{id}/withdraw", use: withdraw)
        group.post("corrections/{id}/rebase", use: rebase)
        group.post("corrections/{id}/revert", use: revert)
        group.get("corrections/{id}/comments", use: comments)
        group.post("corrections/{id}/comments", use: comment)
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        var wanted = CorrectionQuery(state: query.choice("state"), page: query.page())
        wanted.targetType = query.choice("target_type")
        wanted.targetID = query.integer("target_id", in: 1...Int(Int64.max)).map(Int64.init)
        wanted.benchmark = query.text("benchmark")
        wanted.proposer = query.text("proposer", maximumLength: 64)
        wanted.since = query.date("since").map { $0.firstDay }
        try query.finish()
        let page = try await registry.corrections(wanted)
        let counts = try await registry.correctionCounts(wanted)
        let next = lists.nextLink(after: request, cursor: page.next)
        return .json(headers: Lists.linkHeader(next), capacity: 800 * (page.items.count + 1)) { json in
            json.object { json in
                json.member("items", page.items)
                json.member("next", next)
                json.object("counts") { json in
                    for state in CorrectionState.allCases {
                        json.name(dynamic: state.rawValue)
                        json.value(counts[state] ?? 0)
                    }
                }
            }
        }
    }

    @Sendable private func get(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        guard let report = try await registry.correctionReport(try context.id()) else { throw Self.unknown }
        return CorrectionTag.answer(report.correction) { report.write(to: &$0) }
    }

    @Sendable private func propose(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.correctionsWrite, of: request)
        return try await idempotency.once(request, context, by: principal) { request, registry in
            try QueryReader(request).finish()
            let draft = try ProposedCorrection.read(try await reader.readJSON(request))
            return Self.created(try await Self.checked { try await registry.propose(draft, by: principal) })
        }
    }

    @Sendable private func proposeMany(request: Request, context: APIContext) async throws -> Response {
        let principal = try await access.require(.correctionsWrite, of: request)
        return try await idempotency.lines(request, context, by: principal, limits: limits) { registry, isWhole in
            CorrectionBatch(
                registry: registry,
                principal: principal,
                maximumLineBytes: limits.bodyBytes,
                isWhole: isWhole,
                logger: context.logger
            )
        }
    }

    private static let unknown = Problem(.notFound, "There is no correction with this id.")
}

extension CorrectionRoutes {
    @Sendable private func accept(request: Request, context: APIContext) async throws -> Response {
        try await decide(request, context, .correctionsReview) { request, registry, principal in
            let reason = try await self.reason(in: request, isRequired: false)
            let id = try context.id()
            return try await Self.outcome(context) {
                try await registry.acceptCorrection(id, reason: reason, by: principal) { correction in
                    try CorrectionTag.require(request, correction)
                }
            }
        }
    }

    @Sendable private func reject(request: Request, context: APIContext) async throws -> Response {
        try await settle(request, context, .correctionsReview) { request in
            try await reason(in: request, isRequired: true) ?? ""
        } as: { registry, id, reason, principal, check in
            try await registry.rejectCorrection(id, reason: reason, by: principal, checking: check)
        }
    }

    @Sendable private func withdraw(request: Request, context: APIContext) async throws -> Response {
        try await settle(request, context, .correctionsWrite) { request in
            try await reason(in: request, isRequired: false)
        } as: { registry, id, reason, principal, check in
            try await registry.withdrawCorrection(id, reason: reason, by: principal, checking: check)
        }
    }

    @Sendable private func rebase(request: Request, context: APIContext) async throws -> Response {
        try await settle(request, context, .correctionsWrite) { request in
            var object = try ObjectReader(try await reader.readJSON(request))
            let patch = object.take("patch")
            switch patch {
            case nil, .object: break
            case .some(let other): object.refuse("patch", "Must be an object, not \(other.kind).")
            }
            try object.finish()
            return patch
        } as: { registry, id, patch, principal, check in
            try await registry.rebaseCorrection(id, patch: patch, by: principal, checking: check)
        }
    }

    @Sendable private func revert(request: Request, context: APIContext) async throws -> Response {
        try await decide(request, context, .correctionsWrite) { request, registry, principal in
            let reason = try await self.reason(in: request, isRequired: true) ?? ""
            let id = try context.id()
            var response = try await Self.outcome(context) {
                try await registry.revertCorrection(id, reason: reason, by: principal)
            }
            if response.status == .ok { response.status = .created }
            return response
        }
    }

    @Sendable private func comments(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let page = query.page()
        try query.finish()
        return lists.answer(
            try await registry.comments(onCorrection: try context.id(), page: page),
            to: request
        )
    }

    @Sendable private func comment(request: Request, context: APIContext) async throws -> Response {
        try await decide(request, context, .correctionsWrite) { request, registry, principal in
            var object = try ObjectReader(try await reader.readJSON(request))
            let text = object.text(
                "text",
                characters: 1...CorrectionLimits.commentLength,
                isRequired: true,
                controls: .lines
            )
            try object.finish()
            let id = try context.id()
            let comment = try await Self.checked {
                try await registry.comment(onCorrection: id, text ?? "", by: principal)
            }
            var response = Response.json { comment.write(to: &$0) }
            response.status = .created
            return response
        }
    }

    /// Changes a correction that If-Match names, by what the request's content says.
    private func settle<Content: Sendable>(
        _ request: Request,
        _ context: APIContext,
        _ scope: Scope,
        reading read: (Request) async throws -> Content,
        as apply: (
            Registry, Int64, Content, Principal, @Sendable (Correction) throws -> Void
        ) async throws -> Correction
    ) async throws -> Response {
        try await decide(request, context, scope) { request, registry, principal in
            let content = try await read(request)
            let id = try context.id()
            return Self.answer(
                try await Self.checked {
                    try await apply(registry, id, content, principal) { try CorrectionTag.require(request, $0) }
                }
            )
        }
    }

    private func decide(
        _ request: Request,
        _ context: APIContext,
        _ scope: Scope,
        _ body: (Request, Registry, Principal) async throws -> Response
    ) async throws -> Response {
        let principal = try await access.require(scope, of: request)
        return try await idempotency.once(request, context, by: principal) { request, registry in
            try QueryReader(request).finish()
            return try await body(request, registry, principal)
        }
    }

    private var reader: ContentReader {
        ContentReader(maximumBytes: limits.bodyBytes, timeLimit: limits.bodyTime)
    }

    private func reason(in request: Request, isRequired: Bool) async throws -> String? {
        var object = try ObjectReader(try await reader.readJSON(request))
        let reason = object.text(
            "reason",
            characters: 1...CorrectionLimits.reasonLength,
            isRequired: isRequired,
            controls: .lines
        )
        try object.finish()
        return reason
    }

    /// The answer to an acceptance: what was decided, or a problem that lists the fields that others have changed.
    private static func outcome(
        _ context: APIContext,
        _ body: () async throws -> Acceptance
    ) async throws -> Response {
        do {
            switch try await body() {
            case .applied(let correction), .seconded(let correction): return answer(correction)
            case .conflicted(_, let fields):
                let parts = fields.filter(\.isConflict).map { field in
                    Problem.Part(
                        place: .pointer("/patch/\(field.name)"),
                        detail: field.detail
                            ?? "Was \(field.base.text), is \((field.current ?? .null).text) by now."
                    )
                }
                // An answer and not an error: the correction is kept as conflicted.
                return Problem(
                    .conflict,
                    "The target has changed; its proposer can rebase the correction.",
                    parts: parts
                )
                .response(requestID: context.requestID)
            }
        } catch let refused as CorrectionRefused {
            // Not what the reviewer sent is wrong: the correction no longer fits.
            throw refused.isAboutReason
                ? Problem(.invalidContent, parts: refused.parts)
                : Problem(.conflict, "The correction does not fit its target any more.", parts: refused.parts)
        }
    }

    /// What the registry refuses, as a problem: so that it can be given again to whoever sends the same key.
    private static func checked<R>(_ body: () async throws -> R) async throws -> R {
        do {
            return try await body()
        } catch let refused as CorrectionRefused {
            throw Problem(.invalidContent, parts: refused.parts)
        }
    }

    private static func answer(_ correction: Correction) -> Response {
        CorrectionTag.answer(correction) { correction.write(to: &$0) }
    }

    private static func created(_ correction: Correction) -> Response {
        var response = answer(correction)
        response.status = .created
        response.headers[.location] = "/v1/corrections/\(correction.id)"
        return response
    }
}

extension CorrectionRefused {
    /// The faults as parts of a problem.
    var parts: [Problem.Part] { faults.map { Problem.Part(place: .pointer($0.pointer), detail: $0.detail) } }

    fileprivate var isAboutReason: Bool { faults.allSatisfy { $0.pointer == "/reason" } }
}
