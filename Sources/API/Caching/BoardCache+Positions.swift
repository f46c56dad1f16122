import Registry
import Synchronization

extension BoardCache {
    /// Sees to it that nothing from before a position is shown: looks for changes where the last look was before it.
    ///
    /// For a write that may have come to another instance, whose notification is still under way. Anybody can make a position
    /// up, so looks are shared and have a pause between them, and nothing is forgotten that has not changed.
    ///
    /// - Returns: from where to read, which is no further than anything was written; `nil` where that cannot be found out,
    ///   and what is cached may be from before the position.
    func catchUp(to position: WritePosition) async -> WritePosition? {
        // A commit is written before it can be seen: at the very position of the last look there may be one that it has missed.
        let isKnown = state.withLock { state in state.reached.map { $0 > position } ?? false }
        if isKnown { return position }
        guard !registry.isPrimaryAway else { return nil }
        return await looks.take { await self.reach() }.map { min($0, position) }
    }

    /// Finds out how far the primary is, and forgets what has changed until there.
    private func reach() async -> WritePosition? {
        // Whether it still listens is another question: what it hears from then on holds.
        let epoch = state.withLock(\.freshness.epoch)
        guard let reached = try? await registry.writePosition(), (try? await forgetChanges()) != nil else { return nil }
        state.withLock { state in
            guard state.freshness.epoch == epoch else { return }
            state.reached = max(state.reached ?? reached, reached)
        }
        return reached
    }

    /// Starts anew, as where another server has taken the primary's place: what was the newest entry of the log there may
    /// be another one here, and what was read there may have come to nothing.
    func forgetEverything() {
        state.withLock { state in
            state.forgetAll()
            state.freshness.startAnew()
            state.reached = nil
        }
    }
}
