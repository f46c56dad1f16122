import Foundation
import JWTKit
import Logging
import Registry

/// The public keys of an OpenID issuer (RFC 7517), fetched when they are needed and kept.
///
/// Fetched anew when they are old, and when an assertion names a key that is not among them: issuers change their keys.
actor IssuerKeys {
    private let configuration: OpenIDConfiguration
    private let logger: Logger
    private let fetch: KeyFetch
    private var keys: [PublishedKey] = []
    private var fetchedAt: ContinuousClock.Instant?
    private var triedAt: ContinuousClock.Instant?
    private var fetching: Task<Void, Never>?
    /// Keys in the form that verifies, by id and algorithm.
    private var verifiers: [String: any JWTAlgorithm] = [:]

    init(_ configuration: OpenIDConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        self.fetch = KeyFetch(timeLimit: configuration.fetchSeconds)
    }

    /// The key with which an assertion was signed, if it is one of the issuer's.
    ///
    /// - Parameters:
    ///   - id: as the assertion names it; `nil` where it names none, which will do for an issuer with one key.
    ///   - algorithm: as the assertion names it.
    /// - Returns: `nil` where there is no such key.
    /// - Throws: `RegistryError` (unavailable) where no keys are to be had.
    func key(_ id: String?, algorithm: String) async throws -> (any JWTAlgorithm)? {
        let age = fetchedAt.map { .now - $0 }
        if age.map({ $0 > configuration.keyAge }) ?? true { await refresh() }
        guard let fetchedAt, .now - fetchedAt <= configuration.longestKeyAge else {
            throw RegistryError(.unavailable, "the keys of the OpenID issuer cannot be had at the moment")
        }
        if let key = await known(id, algorithm: algorithm) { return key }
        guard id != nil else { return nil }
        await refresh()
        return await known(id, algorithm: algorithm)
    }

    private func known(_ id: String?, algorithm: String) async -> (any JWTAlgorithm)? {
        let fitting = keys.filter { key in
            (id == nil || key.id == id) && (key.key.algorithm.map { $0.rawValue == algorithm } ?? true)
        }
        guard let found = fitting.first, id != nil || fitting.count == 1 else { return nil }
        let name = "\(algorithm) \(found.id)"
        if let verifier = verifiers[name] { return verifier }
        guard let verifier = await found.verifier(algorithm) else { return nil }
        verifiers[name] = verifier
        return verifier
    }

    /// Fetches the keys, unless that was tried a moment ago; who comes while they are fetched waits for the same.
    private func refresh() async {
        if let fetching { return await fetching.value }
        if let triedAt, .now - triedAt < configuration.fetchPause { return }
        triedAt = .now
        let task = Task {
            do {
                take(try await fetch.keys(of: configuration))
            } catch {
                logger.warning("failed to fetch an issuer's keys", metadata: ["error": .string("\(error)")])
            }
        }
        fetching = task
        await task.value
        fetching = nil
    }

    private func take(_ keys: [PublishedKey]) {
        self.keys = keys
        verifiers = [:]
        fetchedAt = .now
    }
}

/// A public key for signatures, as an issuer publishes it.
struct PublishedKey: Sendable {
    /// Its `kid`.
    var id: String
    var key: JWK

    /// The key for one algorithm; `nil` where it is not for that.
    func verifier(_ algorithm: String) async -> (any JWTAlgorithm)? {
        guard let algorithm = JWK.Algorithm(rawValue: algorithm) else { return nil }
        var key = key
        key.algorithm = algorithm
        // A set of its own: a set of several keys takes another one where the wanted one is not there.
        return try? await JWTKeyCollection().add(jwk: key).getKey(for: JWKIdentifier(string: id))
    }

    /// The keys of a set; those that are not for signatures, or of an unknown kind, are left out.
    static func read(_ bytes: Data) throws -> [PublishedKey] {
        try JSONDecoder().decode(Listing.self, from: bytes).keys.compactMap(\.key)
    }

    private struct Listing: Decodable {
        var keys: [Entry]
    }

    private struct Entry: Decodable {
        var key: PublishedKey?

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Name.self)
            let use = try? members.decodeIfPresent(String.self, forKey: .use)
            guard use == nil || use == "sig", var key = try? JWK(from: decoder) else { return }
            let id = key.keyIdentifier?.string ?? ""
            key.keyIdentifier = JWKIdentifier(string: id)
            // What an issuer publishes is no secret; a private part would only be a danger here.
            key.privateExponent = nil
            self.key = PublishedKey(id: id, key: key)
        }

        private enum Name: String, CodingKey {
            case use
        }
    }
}
