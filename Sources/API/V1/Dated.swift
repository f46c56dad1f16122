package import Formats
import HTTPTypes
package import Registry

/// What answers about a state of the registry have in common.
enum Dated {
    /// The header fields: which state it is and, where the request names one that is past for good, that the answer stays.
    ///
    /// A time names another state as long as a transaction of before it may still be under way, so only positions count.
    static func headers(_ snapshot: Snapshot, asOf: AsOf?) -> HTTPFields {
        var headers: HTTPFields = [.snapshot: snapshot.description]
        switch asOf {
        case .position, .snapshot: headers[.cacheControl] = "public, max-age=31536000, immutable"
        case .time, nil: break
        }
        return headers
    }
}

extension Snapshot: JSONValue {
    /// Writes the snapshot's name.
    package func write(to json: inout JSONWriter) { json.value(description) }
}

extension QueryReader {
    /// A moment: a log position, a snapshot's name, or a month, day or time.
    mutating func asOf(_ name: String = "as_of") -> AsOf? {
        guard let value = text(name, maximumLength: 40) else { return nil }
        guard let moment = AsOf(value) else {
            refuse(
                name,
                "Must be a log position, a snapshot, or a month, day or time in UTC: 1044, 2026-06, 2026-06-30."
            )
            return nil
        }
        return moment
    }
}
