import Postgres
import Testing

@testable import Registry

@Suite struct ReplicationStateTests {
    private let start = ContinuousClock.now

    /// A state of one server, after the primary was at 100 times the number of each of its seconds.
    private func state(seconds: ClosedRange<Int>) -> ReplicationState {
        var state = ReplicationState(count: 1, limits: StandbyLimits())
        for second in seconds {
            state.primary(at: LSN(rawValue: UInt64(second) * 100), askedAt: start + .seconds(second))
        }
        return state
    }

    private func standby(_ position: UInt64) -> ServerState {
        ServerState(isStandby: true, position: LSN(rawValue: position))
    }

    @Test func `nothing is read from a server of which nothing is known`() {
        var state = ReplicationState(count: 1, limits: StandbyLimits())
        #expect(!state.isUsable(0) && state.lag(of: 0) == nil && state.floor == nil)
        state.server(0, is: standby(500))
        #expect(!state.isUsable(0), "how far the primary is has to be known, too")
        state.primary(at: LSN(rawValue: 400), askedAt: start)
        #expect(!state.isUsable(0))
        state.server(0, is: standby(500))
        #expect(state.isUsable(0))
    }

    @Test(arguments: [
        (1000 as UInt64, 0, true, 0 as UInt64), (2000, 0, true, 0), (999, 1, true, 1), (900, 1, true, 100),
        (899, 2, false, 101), (100, 9, false, 900),
    ])
    func `a server is behind by the age of what it has`(
        position: UInt64,
        seconds: Int,
        isUsable: Bool,
        bytes: UInt64
    ) {
        var state = state(seconds: 1...10)
        state.server(0, is: standby(position))
        #expect(state.lag(of: 0) == .seconds(seconds))
        #expect(state.isUsable(0) == isUsable)
        #expect(state.lagBytes(of: 0) == bytes)
    }

    @Test func `an idle primary has no server that is behind`() {
        var state = ReplicationState(count: 1, limits: StandbyLimits())
        for second in 0..<100 { state.primary(at: LSN(rawValue: 7), askedAt: start + .seconds(second)) }
        state.server(0, is: standby(7))
        #expect(state.lag(of: 0) == .zero && state.isUsable(0))
    }

    @Test func `a server that does not answer falls behind`() {
        var state = state(seconds: 1...10)
        state.server(0, is: standby(1000))
        state.primary(at: LSN(rawValue: 1000), askedAt: start + .seconds(12))
        #expect(state.lag(of: 0) == .seconds(2) && !state.isUsable(0))
    }

    @Test func `while the primary is away, its standbys do not age`() {
        var state = state(seconds: 1...10)
        state.server(0, is: standby(1000))
        state.primaryFailed()
        #expect(!state.isPrimaryReachable && state.isUsable(0))
        state.server(0, is: standby(1000))
        #expect(state.isUsable(0))
    }

    @Test func `a server that takes writes itself, or fails, is not read from`() {
        var state = state(seconds: 1...10)
        state.server(0, is: standby(1000))
        state.serverFailed(0)
        #expect(!state.isUsable(0))
        state.server(0, is: ServerState(isStandby: false, position: LSN(rawValue: 2000)))
        #expect(!state.isUsable(0) && state.servers[0].condition == .primary)
        state.server(0, is: standby(1000))
        #expect(state.isUsable(0))
    }

    @Test func `every read has to see what was written a second ago`() {
        #expect(state(seconds: 1...1).floor == nil)
        #expect(state(seconds: 1...10).floor == LSN(rawValue: 900))
    }

    @Test func `after a failover that lost writes, positions of the lost history do not count`() {
        var state = state(seconds: 1...10)
        state.primary(at: LSN(rawValue: 500), askedAt: start + .seconds(11))
        state.server(0, is: standby(500))
        #expect(state.lag(of: 0) == .zero && state.isUsable(0))
    }

    @Test func `what is remembered has a bound`() {
        let state = state(seconds: 1...5000)
        #expect(state.floor == LSN(rawValue: 499_900))
    }
}
