import Registry
import Testing

@testable import API

@Suite struct RecentWritesTests {
    private let now = ContinuousClock.now

    private func position(_ text: String) throws -> WritePosition {
        try #require(WritePosition(text))
    }

    @Test func `a write is remembered for its credential alone, and for a while`() throws {
        let writes = RecentWrites(maximumAge: .seconds(60))
        try writes.note(position("0/10"), of: "Bearer a", at: now)
        #expect(try writes.position(of: "Bearer a", at: now + .seconds(59)) == position("0/10"))
        #expect(writes.position(of: "Bearer a", at: now + .seconds(60)) == nil)
        #expect(writes.position(of: "Bearer b", at: now) == nil)
    }

    @Test func `of two writes the later position counts, in whichever order their answers come`() throws {
        let writes = RecentWrites()
        try writes.note(position("1/0"), of: "Bearer a", at: now)
        try writes.note(position("0/FFFFFFFF"), of: "Bearer a", at: now)
        #expect(try writes.position(of: "Bearer a", at: now) == position("1/0"))
    }

    @Test func `however many write, memory has a bound`() throws {
        let writes = RecentWrites(maximumCount: 10)
        for number in 0..<1000 {
            try writes.note(position("0/1"), of: "Bearer \(number)", at: now)
            #expect(writes.position(of: "Bearer \(number)", at: now) != nil)
        }
        let kept = (0..<1000).count { writes.position(of: "Bearer \($0)", at: now) != nil }
        #expect((1...10).contains(kept))
    }
}
