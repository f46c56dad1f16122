import HTTPTypes
import Registry

/// What exports consist of, found out once for each snapshot.
///
/// Finding it out takes as long as an export, so one is found out at a time: who asks for the same waits for it, who asks for
/// another comes again. So clients that keep asking cost no more than one export after the other.
actor KnownExports {
    private struct Key: Hashable {
        var kind: String
        var isRaw: Bool
        var snapshot: String
    }

    private let registry: Registry
    private let places: ExportPlaces
    private var known: [Key: ExportSummaries] = [:]
    /// The keys of what is known, the oldest first.
    private var order: [Key] = []
    private var search: (key: Key, task: Task<ExportSummaries, any Error>)?

    /// Takes the places that exports under way share.
    init(registry: Registry, places: ExportPlaces) {
        self.registry = registry
        self.places = places
    }

    /// What the exports of a kind consist of.
    ///
    /// - Throws: `Problem` (unavailable) where another is being found out, or no place is free; `RegistryError`.
    func summaries(of export: Export, raw isRaw: Bool, at snapshot: Snapshot) async throws -> ExportSummaries {
        let key = Key(kind: export.name, isRaw: isRaw, snapshot: snapshot.description)
        if let summaries = known[key] { return summaries }
        if let search {
            guard search.key == key else {
                let detail = "Another manifest is being made."
                throw Problem(.unavailable, detail, headers: [.retryAfter: "10"])
            }
            return try await search.task.value
        }
        let (registry, place) = (registry, try places.take())
        // A task of its own: it is for all who wait, and does not end with the first of them.
        let task = Task {
            defer { place.leave() }
            return try await registry.summaries(of: export, raw: isRaw, at: snapshot)
        }
        search = (key, task)
        defer { search = nil }
        let summaries = try await task.value
        keep(summaries, as: key)
        return summaries
    }

    private func keep(_ summaries: ExportSummaries, as key: Key) {
        known[key] = summaries
        order.append(key)
        if order.count > Self.capacity { known[order.removeFirst()] = nil }
    }

    /// All kinds, in both ways, of some snapshots.
    private static let capacity = 100
}
