import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import API

@Suite struct AnswerStoreTests {
    private func key(_ number: Int) -> AnswerKey {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/\(number)")
        return AnswerKey(Request(head: head, body: RequestBody(buffer: ByteBuffer())), as: .json)
    }

    private func answer(about benchmark: Int64, bytes: Int = 1000) -> CachedAnswer {
        let tag = BoardTag(benchmark: benchmark, position: 1, fingerprint: 0)
        return CachedAnswer(
            tag: tag,
            entityTag: tag.description,
            headers: [:],
            body: ByteBuffer(repeating: 0x20, count: bytes)
        )
    }

    @Test func `the bound on bytes holds, and what was not used for longest goes`() {
        var store = AnswerStore(capacity: 100_000)
        for number in 0..<1000 {
            store.insert(answer(about: Int64(number)), for: key(number))
            _ = store.find(key(0))
            #expect(store.bytes <= 100_000)
        }
        #expect(store.count > 50 && store.count + store.evictions == 1000)
        #expect(store.find(key(0)) != nil)
        #expect(store.find(key(1)) == nil)
        #expect(store.find(key(999)) != nil)
    }

    @Test func `one answer does not push out all others`() {
        var store = AnswerStore(capacity: 100_000)
        store.insert(answer(about: 1), for: key(1))
        store.insert(answer(about: 2, bytes: 50_000), for: key(2))
        #expect(store.count == 1)
    }

    @Test func `a benchmark is forgotten with all its answers, and no other`() {
        var store = AnswerStore(capacity: 1_000_000)
        for number in 0..<90 { store.insert(answer(about: Int64(number % 3)), for: key(number)) }
        store.insert(answer(about: 0), for: key(4))
        #expect(store.removeAll(about: 1) == 29)
        #expect(store.count == 61)
        #expect(store.removeAll(about: 1) == 0)
        #expect(store.removeAll(about: 0) == 31)
        #expect(store.removeAll(about: 2) == 30)
        #expect(store.count == 0 && store.bytes == 0)
    }

    @Test(arguments: ["\"12-345-1abc\"", "\"12-345-1abc-gzip\""])
    func `a tag reads back as what it was made of`(_ text: String) throws {
        let tag = try #require(BoardTag(text))
        #expect(tag.benchmark == 12 && tag.position == 345)
        #expect(tag.description == "\"12-345-1abc\"")
    }

    @Test(arguments: ["", "\"\"", "\"0123456789abcdef0123456789abcdef\"", "\"1-2\"", "\"a-2-3\"", "W/"])
    func `other tags are not taken for one`(_ text: String) {
        #expect(BoardTag(text) == nil)
    }
}
