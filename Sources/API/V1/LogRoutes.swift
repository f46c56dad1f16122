import Formats
import Hummingbird
import Registry

/// The journal of everything that was written.
struct LogRoutes {
    let registry: Registry

    func add(to group: RouterGroup<APIContext>) {
        group.get("log/head", use: head)
    }

    @Sendable private func head(request: Request, context: APIContext) async throws -> Response {
        try QueryReader(request).finish()
        let head = try await registry.logHead()
        return .json(capacity: 128) { json in
            json.object { json in
                json.member("position", head.position)
                json.member("hash", head.hash)
            }
        }
    }
}
