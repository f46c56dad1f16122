internal import Postgres
internal import Synchronization

/// The reads that belong together, such as those of one request: each sees at least what the one before it saw, and what
/// the scope asks for from the beginning, on whichever server each takes place.
///
/// Reads outside of any scope are the primary's.
final class ReadScope: Sendable {
    private struct State {
        var floor: ReadFloor
        var server: Int?
        var isOnPrimary = false
        var waitsUntil: ContinuousClock.Instant?
    }

    /// The scope of the present task.
    @TaskLocal static var current: ReadScope?

    private let state: Mutex<State>

    init(floor: ReadFloor) {
        state = Mutex(State(floor: floor))
    }

    /// What the next read has to see.
    var floor: ReadFloor { state.withLock(\.floor) }

    /// Whether the rest is read from the primary: once there, a standby would be a step back.
    var isOnPrimary: Bool { state.withLock(\.isOnPrimary) }

    /// The standby that the last read took place on.
    var server: Int? { state.withLock(\.server) }

    /// Asks for more from now on.
    func raise(to floor: ReadFloor) {
        state.withLock { $0.floor.raise(to: floor) }
    }

    /// Notes a read on a standby.
    func note(_ server: Int, _ proof: StandbyProof) {
        state.withLock { state in
            state.server = server
            state.floor.raise(to: proof.floor)
        }
    }

    /// Reads the rest from the primary.
    func leaveStandbys() {
        state.withLock { $0.isOnPrimary = true }
    }

    /// Until when the scope waits for a standby to get so far: all its reads together no longer than the limit.
    func waitsUntil(limit: Duration) -> ContinuousClock.Instant {
        state.withLock { state in
            let deadline = state.waitsUntil ?? .now + limit
            state.waitsUntil = deadline
            return deadline
        }
    }
}
