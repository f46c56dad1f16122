package import Formats
import HTTPTypes
import Hummingbird
package import Registry

/// What changed, for programs that keep up with the registry.
struct ChangesRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("changes", use: list)
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let wanted = ChangeQuery(
            after: query.logPosition("after") ?? 0,
            limit: query.integer("limit", in: 1...PageRequest.maximumLimit) ?? Lists.defaultLimit,
            benchmark: query.text("benchmark"),
            type: query.choice("type")
        )
        try query.finish()
        let page = try await registry.changes(wanted)
        let resume = lists.address(of: request, setting: "after", to: String(page.position))
        let next = page.hasMore ? resume : nil
        return .json(headers: Lists.linkHeader(next), capacity: 1024 * (page.changes.count + 1)) { json in
            json.object { json in
                json.member("items", page.changes)
                json.member("next", next)
                json.member("position", page.position)
                json.member("resume", resume)
            }
        }
    }
}

extension Change: JSONValue {
    /// Writes what a log entry tells of.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("position", position)
            json.member("at", at)
            json.member("actor", actor)
            json.member("kind", kind)
            json.member("reason", reason)
            json.member("paper", paper)
            json.member("records", records)
        }
    }
}

extension ChangedRecord: JSONValue {
    /// Writes which record changed.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("type", type.rawValue)
            json.member("id", id)
            json.member("revision", revision)
            json.member("summary", summary)
        }
    }
}
