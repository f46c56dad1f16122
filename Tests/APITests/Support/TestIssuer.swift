import CryptoExtras
import Foundation
import HTTPTypes
import Hummingbird
import JWTKit
import Logging
import Synchronization

@testable import API

/// An OpenID issuer on this machine: it publishes keys, changes them, and signs what it is told to.
final class TestIssuer: Sendable {
    /// A pair of keys.
    enum Key: Sendable {
        case elliptic(ES256PrivateKey)
        case rsa(JWTKit.Insecure.RSA.PrivateKey)

        static func rsa() throws -> Key {
            .rsa(try JWTKit.Insecure.RSA.PrivateKey(backing: try _RSA.Signing.PrivateKey(keySize: .bits2048)))
        }
    }

    /// The issuer, once its port is known.
    private final class Holder: Sendable {
        let issuer = Mutex<TestIssuer?>(nil)
    }

    private struct State {
        var published: [(id: String, entry: String)] = []
        var fetches = 0
        var endlessBytes = 0
        var isDown = false
    }

    private let state = Mutex(State())
    let port: Int

    private init(port: Int) {
        self.port = port
    }

    /// The issuer's identifier.
    var address: String { "http://127.0.0.1:\(port)" }

    /// How often its keys were fetched.
    var fetches: Int { state.withLock { $0.fetches } }

    /// How much has been taken of the answer that does not end.
    var endlessBytes: Int { state.withLock { $0.endlessBytes } }

    /// Makes it answer with errors, or answer again.
    func setDown(_ isDown: Bool) { state.withLock { $0.isDown = isDown } }

    /// Publishes keys in the place of all others.
    func publish(_ keys: [(id: String, key: Key)], and more: [String] = []) throws {
        let entries = try keys.map { (id: $0.id, entry: try Self.entry($0.id, $0.key)) }
        state.withLock { $0.published = entries + more.map { (id: "", entry: $0) } }
    }

    /// Runs an issuer while the closure runs.
    static func run<Result: Sendable>(
        _ body: @Sendable @escaping (TestIssuer) async throws -> Result
    ) async throws -> Result {
        let (ports, told) = AsyncStream.makeStream(of: Int.self)
        let holder = Holder()
        let router = Router()
        router.get("/.well-known/openid-configuration") { _, _ in
            guard let issuer = holder.issuer.withLock({ $0 }) else { return Response(status: .notFound) }
            return json(#"{"issuer": "\#(issuer.address)", "jwks_uri": "\#(issuer.address)/keys"}"#)
        }
        router.get("/keys") { _, _ in
            guard let issuer = holder.issuer.withLock({ $0 }) else { return Response(status: .notFound) }
            return issuer.state.withLock { state in
                state.fetches += 1
                guard !state.isDown else { return Response(status: .internalServerError) }
                return json(#"{"keys": [\#(state.published.map(\.entry).joined(separator: ", "))]}"#)
            }
        }
        router.get("/moved") { _, _ in Response(status: .found, headers: [.location: "/keys"]) }
        router.get("/endless") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: ResponseBody { writer in
                    // An end there is all the same, for a reader who takes all.
                    for _ in 1...4096 {
                        try await writer.write(ByteBuffer(repeating: UInt8(ascii: " "), count: 65536))
                        holder.issuer.withLock { $0 }?.state.withLock { $0.endlessBytes += 65536 }
                    }
                    try await writer.finish(nil)
                }
            )
        }
        var logger = Logger(label: "issuer")
        logger.logLevel = .critical
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { told.yield($0.localAddress?.port ?? 0) },
            logger: logger
        )
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { return nil }
                let issuer = TestIssuer(port: port)
                holder.issuer.withLock { $0 = issuer }
                return try await body(issuer)
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw TransportFailure(step: "the issuer did not start")
        }
    }

    /// An assertion, signed.
    ///
    /// - Parameters:
    ///   - claims: a JSON object.
    ///   - id: the `kid` to name; `nil` for none.
    ///   - key: what to sign with.
    ///   - algorithm: the `alg` to name; by default that of the key.
    /// - Returns: the assertion in its compact form.
    /// - Throws: what signing throws.
    static func sign(_ claims: String, id: String?, with key: Key, algorithm: String? = nil) async throws -> String {
        let keys = JWTKeyCollection()
        let name: String
        switch key {
        case .elliptic(let key):
            await keys.add(ecdsa: key, kid: "key")
            name = "ES256"
        case .rsa(let key):
            await keys.add(rsa: key, digestAlgorithm: .sha256, kid: "key")
            name = "RS256"
        }
        let kid = id.map { #", "kid": "\#($0)""# } ?? ""
        let signed = base64(#"{"alg": "\#(algorithm ?? name)", "typ": "JWT"\#(kid)}"#) + "." + base64(claims)
        let signature = try await keys.getKey(for: "key").sign(Array(signed.utf8))
        return signed + "." + base64(Data(signature))
    }

    /// Text in base64url without padding.
    static func base64(_ text: String) -> String { base64(Data(text.utf8)) }

    private static func base64(_ data: Data) -> String {
        data.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func entry(_ id: String, _ key: Key) throws -> String {
        switch key {
        case .elliptic(let key):
            guard let point = key.publicKey.parameters else { throw TransportFailure(step: "no point") }
            let (x, y) = (url(point.x), url(point.y))
            return #"{"kty": "EC", "crv": "P-256", "kid": "\#(id)", "use": "sig", "x": "\#(x)", "y": "\#(y)"}"#
        case .rsa(let key):
            let (modulus, exponent) = try key.publicKey.getKeyPrimitives()
            return
                #"{"kty": "RSA", "alg": "RS256", "kid": "\#(id)", "n": "\#(base64(modulus))", "e": "\#(base64(exponent))"}"#
        }
    }

    private static func url(_ base64: String) -> String {
        base64.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func json(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
