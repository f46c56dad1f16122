/// How far from a number the nearest word of each class is.
struct ClassDistances {
    private var nearest: [5 of WordClasses] = .init(repeating: [])
    private var seen: WordClasses = []

    /// The farthest offset of each bucket.
    private static func bucket(_ offset: Int) -> Int {
        offset < 1 ? 0 : offset < 2 ? 1 : offset < 5 ? 2 : offset < 10 ? 3 : 4
    }

    mutating func note(_ token: Token, at offset: Int) {
        let new = token.classes.union(token.phraseClasses).subtracting(seen)
        guard !new.isEmpty else { return }
        seen.formUnion(new)
        nearest[Self.bucket(offset)].formUnion(new)
    }

    /// 1 for beside the number, up to 5 for far from it; 0 where there is none.
    func bucket(of wordClass: WordClass) -> Int {
        guard seen.contains(wordClass) else { return 0 }
        for bucket in 0..<5 where nearest[bucket].contains(wordClass) { return bucket + 1 }
        return 0
    }
}
