import Synchronization
import Testing

@testable import API

@Suite struct SharedLooksTests {
    /// Counts looks; each takes as long as its number is awaited.
    private final class Counter: Sendable {
        let begun = Mutex(0)

        func look() async -> Int {
            let number = begun.withLock { begun in
                begun += 1
                return begun
            }
            try? await Task.sleep(for: .milliseconds(5))
            return number
        }
    }

    @Test func `Many who ask at the same time share a look`() async {
        let (looks, counter) = (SharedLooks<Int>(pause: .seconds(1)), Counter())
        let found = await withTaskGroup(of: Int.self) { group in
            for _ in 1...1000 { group.addTask { await looks.take(counter.look) } }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(found.count <= 3)
    }

    @Test func `Nobody gets what a look has found that began before`() async {
        let (looks, counter) = (SharedLooks<Int>(pause: .zero), Counter())
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...8 {
                group.addTask {
                    for _ in 1...50 {
                        let before = counter.begun.withLock(\.self)
                        let found = await looks.take(counter.look)
                        #expect(found > before)
                    }
                }
            }
        }
    }
}
