import Foundation
import FoundationNetworking

/// Fetches the keys of an OpenID issuer.
struct KeyFetch: Sendable {
    private let session: URLSession

    /// Makes one that waits so many seconds at most.
    init(timeLimit seconds: Double) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = seconds
        configuration.timeoutIntervalForResource = seconds
        session = URLSession(configuration: configuration, delegate: RedirectRefusal(), delegateQueue: nil)
    }

    /// The issuer's keys.
    ///
    /// - Throws: why they cannot be had.
    func keys(of configuration: OpenIDConfiguration) async throws -> [PublishedKey] {
        let address: String
        if let keysURL = configuration.keysURL {
            address = keysURL
        } else {
            address = try await discover(configuration.issuer)
        }
        return try PublishedKey.read(try await bytes(at: address))
    }

    /// Where an issuer says that its keys are (OpenID Connect Discovery 1.0, section 4).
    private func discover(_ issuer: String) async throws -> String {
        struct Metadata: Decodable {
            var issuer: String
            var keys: String

            enum CodingKeys: String, CodingKey {
                case issuer
                case keys = "jwks_uri"
            }
        }
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        let bytes = try await bytes(at: base + "/.well-known/openid-configuration")
        let metadata = try JSONDecoder().decode(Metadata.self, from: bytes)
        guard metadata.issuer == issuer else {
            throw ConfigurationFault("the issuer calls itself \(metadata.issuer), not \(issuer)")
        }
        guard OpenIDConfiguration.isSafe(metadata.keys) else {
            throw ConfigurationFault("the issuer's keys are at an unsafe address: \(metadata.keys)")
        }
        return metadata.keys
    }

    private func bytes(at address: String) async throws -> Data {
        guard let url = URL(string: address) else { throw ConfigurationFault("not an address: \(address)") }
        let (data, response) = try await session.data(from: url)
        guard let status = (response as? HTTPURLResponse)?.statusCode, status == 200 else {
            throw ConfigurationFault("\(address) did not answer with status 200")
        }
        guard data.count <= Self.maximumBytes else { throw ConfigurationFault("\(address) answered with too much") }
        return data
    }

    /// Issuers publish a handful of keys of some hundred bytes.
    private static let maximumBytes = 1024 * 1024
}

/// Follows no redirect: keys are taken from where the operator, or the issuer, says they are.
private final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
