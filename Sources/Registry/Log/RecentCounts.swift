/// How much the registry holds, or held a moment ago.
///
/// Counting goes over whole tables: too dear for a page that everyone sees first. However many ask, the database counts
/// one at a time, and no more often than once in ``maximumAge``.
package actor RecentCounts {
    private let registry: Registry
    private let maximumAge: Duration
    private var counting: (task: Task<RegistryCounts, any Error>, since: ContinuousClock.Instant)?
    private var latest: (counts: RegistryCounts, at: ContinuousClock.Instant)?

    /// The age up to which counts are given out again: nobody sees the difference, and a million records are counted
    /// in a fraction of it.
    package static let maximumAge = Duration.seconds(5)

    /// Counts what a registry holds.
    package init(of registry: Registry, maximumAge: Duration = RecentCounts.maximumAge) {
        self.registry = registry
        self.maximumAge = maximumAge
    }

    /// The counts, none older than the maximum age when it was asked for them.
    ///
    /// - Throws: as ``Registry/counts()``.
    package func value() async throws -> RegistryCounts {
        if let latest, .now - latest.at < maximumAge { return latest.counts }
        let current = counting ?? (task: Task { [registry] in try await registry.counts() }, since: .now)
        counting = current
        defer { if counting?.task == current.task { counting = nil } }
        let counts = try await current.task.value
        latest = (counts, current.since)
        return counts
    }
}
