/// Gathers the places of a paper into the things that they name.
enum NameThings {
    /// Makes ``NameScratch/things`` of the spans, in the order in which they are first named, title first.
    ///
    /// - Complexity: linear in the spans.
    static func gather(title: Document, abstract: Document, scratch: inout NameScratch) {
        var table = Table(capacity: (scratch.titleSpans.count + scratch.spans.count) * 2)
        // Long forms first, so that a place of the long form alone is one of the acronym's thing.
        note(title, isTitle: true, &scratch.titleSpans, &table, &scratch.things)
        note(abstract, isTitle: false, &scratch.spans, &table, &scratch.things)
    }

    private static func note(
        _ document: Document,
        isTitle: Bool,
        _ spans: inout [NameSpan],
        _ table: inout Table,
        _ things: inout [NameScratch.Thing]
    ) {
        for index in spans.indices {
            if let owner = longFormOwner(of: index, spans) {
                spans[index].isLongForm = true
                spans[index].thing = -1 - owner
                continue
            }
            let key = key(spans[index], document)
            let thing = table.value(of: key, orInsert: things.count)
            if thing == things.count { things.append(NameScratch.Thing(key: key)) }
            things[thing].add(isTitle ? -1 - index : index)
            spans[index].thing = thing
            if let name = spans[index].fullName {
                _ = table.value(of: NameHash.key(document, name), orInsert: thing)
            }
        }
        for index in spans.indices where spans[index].isLongForm {
            spans[index].thing = spans[-1 - spans[index].thing].thing
        }
    }

    /// The span beside a span that has it as its long form.
    private static func longFormOwner(of index: Int, _ spans: [NameSpan]) -> Int? {
        for neighbour in [index - 1, index + 1, index + 2] where spans.indices.contains(neighbour) {
            if let name = spans[neighbour].fullName, name.overlaps(spans[index].tokens) { return neighbour }
        }
        return nil
    }

    private static func key(_ span: NameSpan, _ document: Document) -> UInt64 {
        if let stem = span.stem { return NameHash.key(document, stem.lowerBound..<span.tokens.upperBound) }
        // Forms of one known benchmark are one thing; versions of it, told apart by digits, are not.
        if let match = span.gazetteer, match.tokens == span.tokens {
            return NameHash.digits(document, span.tokens, from: UInt64(match.entry) << 1 | 1)
        }
        let last = document.tokens[span.tokens.upperBound - 1]
        guard let tail = NameTail.start(of: last, in: document.text.bytes) else {
            return NameHash.key(document, span.tokens)
        }
        let hash = span.tokens.dropLast().reduce(Lexicon.hashStart) {
            NameHash.extend($0, document.text.bytes, document.tokens[$1].range)
        }
        return NameHash.extend(hash, document.text.bytes, last.range.lowerBound..<tail)
    }

    /// Open addressing from keys to indices of things.
    private struct Table {
        private var slots: [(key: UInt64, value: Int32)]

        init(capacity: Int) {
            var size = 16
            while size < capacity * 2 { size *= 2 }
            slots = [(key: UInt64, value: Int32)](repeating: (0, -1), count: size)
        }

        /// The value of a key; where there is none, a new one.
        mutating func value(of key: UInt64, orInsert value: Int) -> Int {
            var slot = Int(truncatingIfNeeded: key ^ key >> 32) & (slots.count - 1)
            while slots[slot].value >= 0 {
                if slots[slot].key == key { return Int(slots[slot].value) }
                slot = (slot + 1) & (slots.count - 1)
            }
            slots[slot] = (key, Int32(value))
            return value
        }
    }
}
