/// The statements that one connection has prepared, the least recently used of which makes room for a new one.
struct StatementCache {
    /// A statement prepared on the server.
    final class Entry {
        let name: String
        let text: String
        fileprivate var lastUse = 0

        fileprivate init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    private let limit: Int
    private var entries: [String: Entry] = [:]
    private var uses = 0
    private var named = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    var count: Int { entries.count }

    /// The statement of that text, if it is prepared.
    mutating func find(_ text: String) -> Entry? {
        guard let entry = entries[text] else { return nil }
        uses += 1
        entry.lastUse = uses
        return entry
    }

    /// Adds a statement under a name that no other ever had.
    ///
    /// - Returns: the new entry, and the one that had to go for it.
    mutating func insert(_ text: String) -> (added: Entry, evicted: Entry?) {
        var evicted: Entry?
        if entries.count >= limit, let oldest = entries.values.min(by: { $0.lastUse < $1.lastUse }) {
            entries[oldest.text] = nil
            evicted = oldest
        }
        named += 1
        uses += 1
        let entry = Entry(name: "s\(named)", text: text)
        entry.lastUse = uses
        entries[text] = entry
        return (entry, evicted)
    }

    /// Forgets an entry, so that its text is prepared again under another name.
    mutating func remove(_ entry: Entry) {
        if entries[entry.text] === entry { entries[entry.text] = nil }
    }
}
