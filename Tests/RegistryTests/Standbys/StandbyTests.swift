import Postgres
import TestSupport
import Testing

@testable import Registry

/// A real primary and a real standby; what must not be seen is made certain by pausing the standby's replay.
@Suite(.serialized, .timeLimit(.minutes(3))) struct StandbyTests {
    @Test func `reads of a request go to the standby, all others to the primary`() async throws {
        try await StandbyDatabase.with { database in
            try await database.add("One")
            try await database.waitUntilEven()
            let before = database.standbys.figures
            #expect(try await database.papersSeen() == 1)
            let between = database.standbys.figures
            #expect(between.servers[0].reads > before.servers[0].reads)
            #expect(between.primaryReads == before.primaryReads)
            #expect(try await database.registry.papers(PaperQuery()).items.count == 1)
            #expect(try await database.registry.queueLength().waiting == 0)
            let after = database.standbys.figures
            #expect(after.servers[0].reads == between.servers[0].reads)
            #expect(after.primaryReads > between.primaryReads)
            #expect(after.fallbacks.isEmpty)
        }
    }

    @Test func `who has written sees it, though the standby does not show it`() async throws {
        try await StandbyDatabase.with {
            $0.wait = .milliseconds(20)
        } _: { database in
            let first = try await database.add("One")
            try await database.waitUntilEven()
            try await database.standby.replay(false)
            let second = try await database.add("Two")
            #expect(second > first)
            #expect(try await database.papersSeen() == 1, "nobody has asked for more")
            #expect(try await database.papersSeen(from: first) == 1)
            #expect(try await database.papersSeen(from: second) == 2)
            #expect(database.standbys.figures.fallbacks == [.behind: 1])
            try await database.standby.replay(true)
            try await database.waitUntilEven()
            #expect(try await database.papersSeen(from: second) == 2)
            #expect(database.standbys.figures.fallbacks == [.behind: 1])
        }
    }

    @Test func `a read waits for the standby to get so far`() async throws {
        try await StandbyDatabase.with {
            $0.wait = .seconds(60)
        } _: { database in
            try await database.add("One")
            try await database.waitUntilEven()
            try await database.standby.replay(false)
            let position = try await database.add("Two")
            async let seen = database.papersSeen(from: position)
            try await database.standbys.waitUntil { $0.waits > 0 }
            try await database.standby.replay(true)
            #expect(try await seen == 2)
            #expect(database.standbys.figures.fallbacks.isEmpty)
        }
    }

    @Test func `a request never goes back in time, whatever it read before`() async throws {
        try await StandbyDatabase.with {
            $0.wait = .milliseconds(20)
        } _: { database in
            try await database.add("One")
            try await database.waitUntilEven()
            let head = try await database.registry.logHead().position
            try await database.standby.replay(false)
            try await database.add("Two")
            let registry = database.registry
            let counts = try await registry.withStandbyReads(from: nil) {
                let before = try await registry.papers(PaperQuery()).items.count
                Registry.readsMustSee(logPosition: head)
                let still = try await registry.papers(PaperQuery()).items.count
                Registry.readsMustSee(logPosition: head + 1)
                let after = try await registry.papers(PaperQuery()).items.count
                // From here on it is the primary's, also where a standby would do.
                return [before, still, after, try await registry.papers(PaperQuery()).items.count]
            }
            #expect(counts == [1, 1, 2, 2])
        }
    }

    @Test func `a standby that is too far behind is not read from, and again when it has caught up`() async throws {
        try await StandbyDatabase.with {
            $0.lag = .seconds(1)
        } _: { database in
            try await database.standby.replay(false)
            try await database.add("One")
            try await database.standbys.waitUntil { $0.servers[0].lagSeconds ?? 0 > 1 && !$0.servers[0].isUsable }
            #expect(try await database.papersSeen() == 1)
            let figures = database.standbys.figures
            #expect(figures.servers[0].condition == "standby")
            #expect(figures.servers[0].lagBytes ?? 0 > 0)
            try await database.standby.replay(true)
            try await database.standbys.waitUntil { $0.servers[0].isUsable }
            let reads = database.standbys.figures.servers[0].reads
            #expect(try await database.papersSeen() == 1)
            #expect(database.standbys.figures.servers[0].reads > reads)
        }
    }

    @Test func `a standby that is killed costs nobody an error, and is used again when it is back`() async throws {
        try await StandbyDatabase.with { database in
            try await database.add("One")
            async let ended: Void = database.servers.kill(.second)
            while database.standbys.figures.servers[0].isUsable { #expect(try await database.papersSeen() <= 1) }
            try await ended
            #expect(try await database.papersSeen() == 1)
            try await database.standbys.waitUntil { $0.servers[0].condition == "unreachable" }
            #expect(database.standbys.figures.fallbacks.isEmpty == false)
            try await database.servers.start(.second)
            try await database.standbys.waitUntil { $0.servers[0].isUsable }
            try await database.waitUntilEven()
            #expect(try await database.papersSeen() == 1)
        }
    }

    @Test func `a standby that falls silent holds reads up only for a while`() async throws {
        try await StandbyDatabase.with {
            $0.read = .milliseconds(300)
            $0.look = .milliseconds(300)
        } _: { database in
            try await database.add("One")
            try await database.waitUntilEven()
            try await database.servers.freeze(.second)
            #expect(try await database.papersSeen() == 1)
            try await database.standbys.waitUntil { !$0.servers[0].isUsable }
            #expect(try await database.papersSeen() == 1)
            try await database.servers.thaw(.second)
            try await database.standbys.waitUntil { $0.servers[0].isUsable }
        }
    }

    @Test func `a standby that is promoted beside its primary is not read from`() async throws {
        try await StandbyDatabase.with { database in
            try await database.add("One")
            try await database.waitUntilEven()
            try await database.servers.promote(.second)
            try await database.add("Two")
            #expect(try await database.papersSeen() == 2, "a history of its own begins there")
            try await database.standbys.waitUntil { $0.servers[0].condition == "primary" && !$0.servers[0].isUsable }
            #expect(try await database.papersSeen() == 2)
        }
    }

    @Test func `a statement that only the primary can run is run there`() async throws {
        try await StandbyDatabase.with { database in
            try await database.add("One")
            try await database.waitUntilEven()
            try await database.standby.replay(false)
            // As where the standby has not come to the newest migration yet.
            _ = try await database.registry.client.client.execute("CREATE TABLE newer AS SELECT 7 AS number")
            let registry = database.registry
            let number = try await registry.withStandbyReads(from: nil) {
                try await registry.client.read("SELECT number FROM newer").value(Int.self)
            }
            #expect(number == 7)
            #expect(database.standbys.figures.fallbacks[.failed] == 1)
            #expect(database.standbys.figures.servers[0].condition == "standby", "the server is not to blame")
        }
    }
}
