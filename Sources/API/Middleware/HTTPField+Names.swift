import HTTPTypes

extension HTTPField.Name {
    /// `X-Request-Id`: the id under which the service logs a request.
    static let requestID = fixed("X-Request-Id")
    /// `Link`: RFC 8288.
    static let link = fixed("Link")
    /// `Content-Disposition`: the file name that a browser saves under.
    static let disposition = fixed("Content-Disposition")
    /// `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).
    static let idempotencyKey = fixed("Idempotency-Key")
    /// `RateLimit` (draft-ietf-httpapi-ratelimit-headers).
    static let rateLimit = fixed("RateLimit")
    /// `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
    static let rateLimitPolicy = fixed("RateLimit-Policy")
    /// `X-Forwarded-For`: where a proxy was reached from.
    static let forwardedFor = fixed("X-Forwarded-For")
    /// `Snapshot`: the state of the registry that an answer is of, by the name that `as_of` takes.
    static let snapshot = fixed("Snapshot")
    /// `Claimboard-Position`: how far the database was after a write, for reads that have to see it.
    static let position = fixed("Claimboard-Position")
    /// `Export-Rows`: how many records an export had; a trailer.
    static let exportRows = fixed("Export-Rows")
    /// `Content-Digest`: the hash of the content (RFC 9530); a trailer.
    static let contentDigest = fixed("Content-Digest")
    /// `X-Content-Type-Options`.
    static let contentTypeOptions = fixed("X-Content-Type-Options")
    /// `Referrer-Policy`.
    static let referrerPolicy = fixed("Referrer-Policy")

    /// A name written in the source: one that is no token is a programmer's mistake.
    private static func fixed(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is not a field name") }
        return name
    }
}

extension HTTPFields {
    /// The value of a field that stands there once at most, as those that the service sets.
    ///
    /// The other way of reading puts all values together, which costs more than to find them.
    subscript(only name: HTTPField.Name) -> String? {
        first { $0.name == name }?.value
    }

    /// Names one more field that the answer depends on.
    mutating func addVary(_ name: String) {
        guard let value = self[only: .vary] else {
            self[.vary] = name
            return
        }
        let names = value.utf8.split(separator: UInt8(ascii: ","))
        guard !names.contains(where: { $0.isSameName(as: name.utf8) }) else { return }
        self[.vary] = "\(value), \(name)"
    }

    /// Whether an answer says that nobody may keep it.
    ///
    /// Looked at by bytes: a search for a substring of characters costs more than the rest of a middleware.
    var forbidsStoring: Bool {
        guard let value = self[only: .cacheControl] else { return false }
        let directive = "no-store"
        var rest = value.utf8[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "n")) {
            rest = rest[start...]
            if rest.starts(with: directive.utf8) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

extension Substring.UTF8View {
    /// Whether it is a name, whatever the case of its letters, with spaces around it or none.
    fileprivate func isSameName(as name: String.UTF8View) -> Bool {
        let space = UInt8(ascii: " ")
        var rest = drop { $0 == space }
        while rest.last == space { rest.removeLast() }
        guard rest.count == name.count else { return false }
        // Of the characters of a token (RFC 9110, section 5.6.2), letters alone have this bit for their case.
        return zip(rest, name).allSatisfy { $0 == $1 || $0 ^ $1 == 0x20 && $0 | 0x20 >= UInt8(ascii: "a") }
    }
}
