/// Answers by key, bounded in bytes: what was not used for longest goes first.
///
/// A value without locks or clocks. Each answer stands in two chains of places: that of use and that of its benchmark, so
/// that finding, adding, forgetting one and forgetting a benchmark's all cost the same however many there are.
struct AnswerStore {
    private struct Place {
        var key: AnswerKey
        var answer: CachedAnswer
        var bytes: Int
        /// The next in the order of use: the one used before this, and the one used after it.
        var older: Int?
        var newer: Int?
        /// The next two answers about the same benchmark.
        var previousPeer: Int?
        var nextPeer: Int?
    }

    /// The most bytes that all answers take up.
    let capacity: Int
    private(set) var bytes = 0
    /// How many answers went because there was no room.
    private(set) var evictions = 0

    private var places: [Place?] = []
    private var free: [Int] = []
    private var byKey: [AnswerKey: Int] = [:]
    private var byBenchmark: [Int64: Int] = [:]
    private var newest: Int?
    private var oldest: Int?

    /// Makes an empty store.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// How many answers there are.
    var count: Int { byKey.count }

    /// The largest answer taken: one that pushed out most of the others would serve nobody.
    var largestAnswer: Int { capacity / 8 }

    /// Finds an answer and marks it as used.
    mutating func find(_ key: AnswerKey) -> CachedAnswer? {
        guard let index = byKey[key] else { return nil }
        if newest != index {
            unlink(index)
            linkAsNewest(index)
        }
        return places[index]?.answer
    }

    /// Keeps an answer, in the place of an older one to the same.
    mutating func insert(_ answer: CachedAnswer, for key: AnswerKey) {
        remove(key)
        let size = answer.bytes + 2 * key.text.utf8.count
        guard size <= largestAnswer else { return }
        while bytes + size > capacity, let oldest {
            remove(at: oldest)
            evictions += 1
        }
        let place = Place(key: key, answer: answer, bytes: size)
        let index: Int
        if let reused = free.popLast() {
            index = reused
            places[index] = place
        } else {
            index = places.count
            places.append(place)
        }
        byKey[key] = index
        bytes += size
        linkAsNewest(index)
        let peer = byBenchmark.updateValue(index, forKey: answer.tag.benchmark)
        places[index]?.nextPeer = peer
        if let peer { places[peer]?.previousPeer = index }
    }

    /// Forgets all answers about a benchmark.
    ///
    /// - Returns: how many there were.
    @discardableResult
    mutating func removeAll(about benchmark: Int64) -> Int {
        var count = 0
        while let index = byBenchmark[benchmark] {
            remove(at: index)
            count += 1
        }
        return count
    }

    /// Forgets everything.
    mutating func removeAll() {
        let evictions = evictions
        self = AnswerStore(capacity: capacity)
        self.evictions = evictions
    }

    private mutating func remove(_ key: AnswerKey) {
        if let index = byKey[key] { remove(at: index) }
    }

    private mutating func remove(at index: Int) {
        guard let place = places[index] else { return }
        unlink(index)
        if let previous = place.previousPeer {
            places[previous]?.nextPeer = place.nextPeer
        } else {
            byBenchmark[place.answer.tag.benchmark] = place.nextPeer
        }
        if let next = place.nextPeer { places[next]?.previousPeer = place.previousPeer }
        byKey[place.key] = nil
        bytes -= place.bytes
        places[index] = nil
        free.append(index)
    }

    private mutating func linkAsNewest(_ index: Int) {
        places[index]?.older = newest
        places[index]?.newer = nil
        if let newest { places[newest]?.newer = index }
        newest = index
        if oldest == nil { oldest = index }
    }

    private mutating func unlink(_ index: Int) {
        guard let place = places[index] else { return }
        if let older = place.older { places[older]?.newer = place.newer } else { oldest = place.newer }
        if let newer = place.newer { places[newer]?.older = place.older } else { newest = place.older }
    }
}
