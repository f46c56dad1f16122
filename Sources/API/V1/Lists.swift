import Formats
import HTTPTypes
import Hummingbird
import Registry

/// How lists come in parts: `limit` and `cursor` in, `next` out, in the body and in a Link header (RFC 8288).
struct Lists {
    /// What links start with: the service's address, or nothing.
    let baseURL: String

    /// How many items a part has where the client does not say.
    static let defaultLimit = 50

    /// An answer with one part of a list.
    func answer<Item: JSONValue>(_ page: Page<Item>, to request: Request) -> Response {
        let next = nextLink(after: request, cursor: page.next)
        return .json(headers: Self.linkHeader(next), capacity: 512 * (page.items.count + 1)) { json in
            json.object { json in
                json.member("items", page.items)
                json.member("next", next)
            }
        }
    }

    /// An answer with one part of a list, and the state of the registry that it is of.
    func answer<Item: JSONValue>(_ page: DatedPage<Item>, to request: Request, asOf: AsOf?) -> Response {
        let next = nextLink(after: request, cursor: page.next)
        var headers = Self.linkHeader(next)
        headers.append(contentsOf: Dated.headers(page.snapshot, asOf: asOf))
        return .json(headers: headers, capacity: 512 * (page.items.count + 1)) { json in
            json.object { json in
                json.member("items", page.items)
                json.member("next", next)
                json.member("snapshot", page.snapshot)
            }
        }
    }

    /// The address of the next part: the request's, with another cursor.
    func nextLink(after request: Request, cursor: String?) -> String? {
        cursor.map { address(of: request, setting: "cursor", to: $0) }
    }

    /// A request's address with one parameter set anew.
    func address(of request: Request, setting name: String, to value: String) -> String {
        let kept = (request.uri.query ?? "").split(separator: "&").filter { pair in
            PercentEncoding.decode(pair.prefix { $0 != "=" }, plusIsSpace: true) != name
        }
        let query = kept.map(String.init) + [name + "=" + PercentEncoding.encode(value)]
        return baseURL + request.uri.path + "?" + query.joined(separator: "&")
    }

    /// The Link header for a next part.
    static func linkHeader(_ next: String?) -> HTTPFields {
        next.map { [.link: "<\($0)>; rel=\"next\""] } ?? [:]
    }
}

extension QueryReader {
    /// `limit` and `cursor`.
    mutating func page(defaultLimit: Int = Lists.defaultLimit) -> PageRequest {
        let limit = integer("limit", in: 1...PageRequest.maximumLimit) ?? defaultLimit
        return PageRequest(limit: limit, cursor: text("cursor", maximumLength: 1000))
    }
}

extension APIContext {
    /// The id in the path.
    ///
    /// - Parameter name: the path parameter.
    /// - Returns: the id.
    /// - Throws: `not-found` for what cannot be an id: no record goes by it.
    func id(_ name: String = "id") throws(Problem) -> Int64 {
        let text = try pathParameter(name)
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let id = Int64(text), id > 0 else {
            throw Problem(.notFound, "Ids are whole numbers from 1 to \(Int64.max).")
        }
        return id
    }
}
