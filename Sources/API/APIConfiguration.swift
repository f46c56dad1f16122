/// Everything about the API that an operator can set.
package struct APIConfiguration: Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"
    /// The TCP port to listen on; 0 takes any that is free.
    package var port = 8080
    /// How the service is reached from outside, such as `https://claims.example.org`, without a trailing slash.
    ///
    /// Links in answers start with it; where it is `nil` they start at the path.
    package var publicBaseURL: String?
    /// What the service takes on.
    package var limits = APILimits()
    /// How many requests are taken of one client.
    package var rates = RateConfiguration()
    /// The OpenID issuer whose assertions let in, besides tokens; `nil` for none.
    package var openID: OpenIDConfiguration?

    /// The defaults.
    package init() {}
}

/// Bounds on what one client can ask for.
package struct APILimits: Sendable {
    /// The longest request line, and the longest header field, in bytes.
    ///
    /// Twice what common proxies pass on.
    package var headerFieldBytes = 16 * 1024
    /// All header fields together, in bytes.
    package var headerBytes = 64 * 1024
    /// How many header fields.
    package var headerFields = 200
    /// The body of a request for one thing, in bytes.
    ///
    /// Abstracts have some 2 KB; a long text has room.
    package var bodyBytes = 1024 * 1024
    /// The body of a batch, in bytes: some ten thousand abstracts.
    package var batchBytes = 32 * 1024 * 1024
    /// How long a body may take to arrive.
    package var bodyTime = Duration.seconds(30)
    /// How long a connection may be without a request, or a request without a new part.
    package var idleTime = Duration.seconds(60)
    /// For how long a client may take nothing of an answer that it is sent; slow ones may be as slow as they like.
    package var stallTime = Duration.seconds(60)
    /// How many connections are open at once; more wait to be accepted.
    package var connections = 20_000

    /// The defaults.
    package init() {}
}
