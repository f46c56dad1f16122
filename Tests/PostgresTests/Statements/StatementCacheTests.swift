import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    @Test func `the least recently used statement makes room, and names are never used twice`() {
        var cache = StatementCache(limit: 2)
        let a = cache.insert("a").added
        let b = cache.insert("b").added
        #expect(cache.find("a") === a)
        let (c, evicted) = cache.insert("c")
        #expect(evicted === b)
        #expect(cache.find("b") == nil)
        #expect(cache.count == 2)
        #expect(Set([a.name, b.name, c.name]).count == 3)
    }

    @Test func `a removed statement is prepared anew, and removing it again leaves the new one`() {
        var cache = StatementCache(limit: 2)
        let old = cache.insert("a").added
        cache.remove(old)
        #expect(cache.find("a") == nil)
        let new = cache.insert("a").added
        cache.remove(old)
        #expect(cache.find("a") === new)
    }
}
