import Registry
import Synchronization

extension BoardCache {
    /// Sees to it that nothing from before a position is shown: looks for changes where the last look was before it.
    ///
    /// For a write that may have come to another instance, whose notification is still under way.
    func catchUp(to position: WritePosition) async {
        // A commit is written before it can be seen: at the very position of the last look there may be one that it has missed.
        let (isKnown, epoch) = state.withLock { state in
            (state.reached.map { $0 > position } ?? false, state.freshness.epoch)
        }
        guard !isKnown else { return }
        // Whether it still listens is another question: what it hears from then on holds.
        guard !registry.isPrimaryAway, let reached = try? await registry.writePosition() else {
            return state.withLock { $0.forgetAll() }
        }
        guard await catchUp() else { return }
        state.withLock { state in
            guard state.freshness.epoch == epoch else { return }
            state.reached = max(state.reached ?? reached, reached)
        }
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
