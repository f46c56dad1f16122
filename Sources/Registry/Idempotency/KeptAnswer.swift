/// An answer to a request with an Idempotency-Key, to be given again to the same request.
package struct KeptAnswer: Sendable, Hashable {
    /// The HTTP status, 200...499.
    package var status: Int
    /// The header fields that the answer was given.
    package var headers: [String: String]
    /// The whole content.
    package var body: [UInt8]

    /// Puts an answer together.
    package init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// A request that has an effect once, however often it comes.
package struct KeyedRequest: Sendable, Hashable {
    /// The account, to which the key belongs: others may use the same.
    package var accountID: Int64
    /// 1...255 characters.
    package var key: String
    /// SHA-256 over all that makes it the same request.
    package var fingerprint: [UInt8]

    /// Puts a request together.
    package init(accountID: Int64, key: String, fingerprint: [UInt8]) {
        self.accountID = accountID
        self.key = key
        self.fingerprint = fingerprint
    }
}

/// What became of a request with an Idempotency-Key.
package enum KeyedOutcome: Sendable, Hashable {
    /// It was carried out now.
    case first(KeptAnswer)
    /// It had been carried out before; this was the answer.
    case repeated(KeptAnswer)
    /// It is being carried out.
    case underWay
    /// The key has been used for another request.
    case reused
}
