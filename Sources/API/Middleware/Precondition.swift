import Hummingbird

/// Keeps a client from changing a record that is not what it takes it for (RFC 9110, section 13.1.1; RFC 6585, section 3).
enum Precondition {
    /// Asks for an If-Match that names the record's present state.
    ///
    /// Look under the lock under which the change is made, or make the change depend on the revision: between the look
    /// and the change another writer could come.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - tag: the record's tag as it is now, as from ``tag(of:id:revision:)``.
    /// - Throws: `precondition-required` (428) without If-Match, `precondition-failed` (412) where it names other states
    ///   only, `malformed-request` where it cannot be read.
    static func require(_ request: Request, _ tag: String) throws(Problem) {
        guard !(try matches(request, tag)) else { return }
        throw Problem(.preconditionFailed, "The record is \(tag) by now.", headers: [.eTag: tag])
    }

    /// Whether the request's If-Match names a state.
    ///
    /// - Throws: `precondition-required` (428) without If-Match, `malformed-request` where it cannot be read.
    static func matches(_ request: Request, _ tag: String) throws(Problem) -> Bool {
        guard let header = request.headers[.ifMatch] else { throw Problem(.preconditionRequired) }
        guard header != "*" else { return true }
        guard let tags = EntityTagList.parse(header), !tags.isEmpty else {
            let detail = "Must be * or a list of entity tags, such as \(tag)."
            throw Problem(.malformedRequest, parts: [Problem.Part(place: .header("If-Match"), detail: detail)])
        }
        // Strong comparison: a weak tag never matches. The compressed form of the same state has a tag of its own.
        return tags.contains { $0 == tag || $0 == EntityTag.compressed(tag) }
    }

    /// The tag of a record: `"<type>-<id>-r<revision>"`.
    static func tag(of type: String, id: Int64, revision: Int) -> String {
        "\"\(type)-\(id)-r\(revision)\""
    }
}

/// A list of entity tags as a header field has it (RFC 9110, section 8.8.3).
enum EntityTagList {
    /// Takes a list apart.
    ///
    /// - Returns: the tags with their quotes, and `W/` where they are weak; `nil` where it is no such list.
    static func parse(_ header: String) -> [String]? {
        var tags: [String] = []
        var rest = Substring(header)
        var needsComma = false
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            guard let first = rest.first else { return tags }
            if first == "," {
                needsComma = false
                rest = rest.dropFirst()
                continue
            }
            guard !needsComma else { return nil }
            let prefix = rest.hasPrefix("W/") ? "W/" : ""
            rest = rest.dropFirst(prefix.count)
            guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
            let text = rest[...end]
            guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F }) else { return nil }
            tags.append(prefix + text)
            rest = rest[rest.index(after: end)...]
            needsComma = true
        }
    }
}
