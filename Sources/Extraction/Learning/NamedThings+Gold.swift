extension NamedThings {
    /// Puts annotated names in the place of the benchmarks that were found, wherever the text has them.
    ///
    /// - Complexity: O(names · tokens); for training only.
    mutating func setBenchmarks(_ goldNames: [String], in document: Document) {
        benchmarks.removeAll()
        benchmarkPlaces.removeAll()
        var owner = [Int?](repeating: nil, count: document.tokens.count)
        let keys = goldNames.map { Self.spelling(of: $0) }
        for name in goldNames { benchmarks.append(Benchmark(name: name, fullName: nil)) }
        for (thing, key) in keys.enumerated().sorted(by: { $0.element.count > $1.element.count }) where !key.isEmpty {
            for start in document.tokens.indices {
                guard owner[start] == nil, let end = Self.end(of: key, at: start, in: document) else { continue }
                guard !(start..<end).contains(where: { owner[$0] != nil }) else { continue }
                for token in start..<end { owner[token] = thing }
                benchmarkPlaces.append(Place(tokens: start..<end, thing: thing))
            }
        }
        benchmarkPlaces.sort { $0.tokens.lowerBound < $1.tokens.lowerBound }
        let taken = benchmarkPlaces
        systemPlaces.removeAll { place in taken.contains { $0.tokens.overlaps(place.tokens) } }
    }

    /// Letters and digits in lower case.
    private static func spelling(of text: String) -> [UInt8] {
        var normalised = NormalisedText()
        var text = text
        text.withUTF8 { normalised.read($0) }
        return normalised.bytes.filter(ByteClass.isWord).map(ByteClass.lowered)
    }

    /// Where a spelling that starts at a token ends.
    private static func end(of key: [UInt8], at start: Int, in document: Document) -> Int? {
        var matched = 0
        for index in start..<min(document.tokens.count, start + 16) {
            for byte in document.text.bytes[document.tokens[index].range] where ByteClass.isWord(byte) {
                guard matched < key.count, key[matched] == ByteClass.lowered(byte) else { return nil }
                matched += 1
            }
            if matched == key.count { return index + 1 }
            if matched == 0 { return nil }
        }
        return nil
    }
}
