import Foundation
import FoundationNetworking
import Synchronization

/// Fetches the keys of an OpenID issuer.
struct KeyFetch: Sendable {
    private let session: URLSession
    private let reader: BoundedReader

    /// Makes one that waits so many seconds at most.
    init(timeLimit seconds: Double) {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = seconds
        configuration.timeoutIntervalForResource = seconds
        reader = BoundedReader(maximumBytes: Self.maximumBytes)
        session = URLSession(configuration: configuration, delegate: reader, delegateQueue: nil)
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
        let (status, data) = try await reader.read(url, in: session)
        guard status == 200 else { throw ConfigurationFault("\(address) did not answer with status 200") }
        guard let data else { throw ConfigurationFault("\(address) answered with too much") }
        return data
    }

    /// Issuers publish a handful of keys of some hundred bytes.
    private static let maximumBytes = 1024 * 1024
}

/// Reads answers up to a limit, and follows no redirect: keys are taken from where the operator, or the issuer, says they
/// are.
///
/// The delegate of the session in which the requests run.
private final class BoundedReader: NSObject, URLSessionDataDelegate {
    private struct Reading {
        var continuation: CheckedContinuation<(status: Int, data: Data?), any Error>
        /// `nil` once there was too much.
        var data: Data? = Data()
    }

    private let maximumBytes: Int
    /// Those under way, by their tasks' identifiers.
    private let readings = Mutex<[Int: Reading]>([:])

    init(maximumBytes: Int) {
        self.maximumBytes = maximumBytes
    }

    /// The status and the content; no content where there is too much of it.
    func read(_ url: URL, in session: URLSession) async throws -> (status: Int, data: Data?) {
        try await withCheckedThrowingContinuation { continuation in
            let task = session.dataTask(with: url)
            readings.withLock { $0[task.taskIdentifier] = Reading(continuation: continuation) }
            task.resume()
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooMuch = readings.withLock { readings in
            guard let count = readings[dataTask.taskIdentifier]?.data?.count else { return true }
            let isTooMuch = count + data.count > maximumBytes
            if isTooMuch {
                readings[dataTask.taskIdentifier]?.data = nil
            } else {
                readings[dataTask.taskIdentifier]?.data?.append(data)
            }
            return isTooMuch
        }
        if isTooMuch { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let reading = readings.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        let status = (task.response as? HTTPURLResponse)?.statusCode
        if let error, reading.data != nil {
            reading.continuation.resume(throwing: error)
        } else {
            reading.continuation.resume(returning: (status ?? 0, reading.data))
        }
    }
}
