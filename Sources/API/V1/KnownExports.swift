import HTTPTypes
import Registry

/// What exports consist of, found out once for each snapshot.
///
/// Finding it out takes as long as an export. So who asks for the same waits for it, and only few are found out at a time:
/// clients that keep asking leave places for exports.
actor KnownExports {
    private struct Key: Hashable {
        var kind: String
        var isRaw: Bool
        var snapshot: String
    }

    private let registry: Registry
    private let places: ExportPlaces
    /// What is known, and what is being found out.
    private var manifests: [Key: Task<ExportSummaries, any Error>] = [:]
    private var underWay = 0
    /// The keys of what is known, the oldest first.
    private var known: [Key] = []

    /// Takes the places that exports under way share.
    init(registry: Registry, places: ExportPlaces) {
        self.registry = registry
        self.places = places
    }

    /// What the exports of a kind consist of.
    ///
    /// - Throws: `Problem` (unavailable) where too many are being found out, or no place is free; `RegistryError`.
    func summaries(of export: Export, raw isRaw: Bool, at snapshot: Snapshot) async throws -> ExportSummaries {
        let key = Key(kind: export.name, isRaw: isRaw, snapshot: snapshot.description)
        if let manifest = manifests[key] { return try await manifest.value }
        guard underWay < Self.mostUnderWay else {
            throw Problem(.unavailable, "Other manifests are being made.", headers: [.retryAfter: "10"])
        }
        let (registry, place) = (registry, try places.take())
        // A task of its own: it is for all who wait, and does not end with the first of them.
        let manifest = Task {
            defer { place.leave() }
            return try await registry.summaries(of: export, raw: isRaw, at: snapshot)
        }
        manifests[key] = manifest
        underWay += 1
        let result = await manifest.result
        underWay -= 1
        switch result {
        case .success: keep(key)
        case .failure: manifests[key] = nil
        }
        return try result.get()
    }

    private func keep(_ key: Key) {
        known.append(key)
        if known.count > Self.capacity { manifests[known.removeFirst()] = nil }
    }

    /// Half of the places.
    private static let mostUnderWay = 2
    /// All kinds, in both ways, of some snapshots.
    private static let capacity = 100
}
