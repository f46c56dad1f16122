package import Formats
import Hummingbird
package import Registry

/// The journal of everything that was written.
struct LogRoutes {
    let registry: Registry
    let lists: Lists

    func add(to group: RouterGroup<APIContext>) {
        group.get("log", use: list)
        group.get("log/head", use: head)
    }

    @Sendable private func list(request: Request, context: APIContext) async throws -> Response {
        var query = try QueryReader(request)
        let after = query.logPosition("after") ?? 0
        let limit = query.integer("limit", in: 1...PageRequest.maximumLimit) ?? Lists.defaultLimit
        try query.finish()
        let entries = try await registry.log(after: after, limit: limit)
        let next = entries.count < limit ? nil : entries.last?.position
        let link = next.map { lists.address(of: request, setting: "after", to: String($0)) }
        return .json(headers: Lists.linkHeader(link), capacity: 1024 * (entries.count + 1)) { json in
            json.object { json in
                json.member("items", entries)
                json.member("next", link)
            }
        }
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

extension LogEntry: JSONValue {
    /// Writes an entry; its text stands in a string, byte for byte as it went into the hash.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("position", position)
            json.member("at", at)
            json.member("actor", actor)
            json.member("kind", kind)
            json.member("entry", entry)
            json.member("previous_hash", previousHash)
            json.member("hash", hash)
        }
    }
}

extension QueryReader {
    /// A position in the log: 0 stands before the first entry.
    mutating func logPosition(_ name: String) -> Int64? {
        integer(name, in: 0...Int(Int64.max)).map(Int64.init)
    }
}
