/// The edges of a trie of words: from a node and a word to the next node.
struct EdgeTable {
    private struct Slot {
        var key: UInt64
        /// The node that the edge leads to; -1 where the slot is free.
        var node: Int32
    }

    /// Open addressing over the hash of the key.
    private var slots = [Slot](repeating: Slot(key: 0, node: -1), count: 1 << 10)
    private var count = 0

    /// The node that a word leads to from a node, if any does.
    func node(behind node: Int32, _ word: WordID) -> Int32? {
        let key = Self.key(node, word)
        var slot = Self.hash(key) & (slots.count - 1)
        while slots[slot].node >= 0 {
            if slots[slot].key == key { return slots[slot].node }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds an edge that is not there yet.
    mutating func insert(_ next: Int32, behind node: Int32, _ word: WordID) {
        if (count + 1) * 3 > slots.count { grow() }
        put(Slot(key: Self.key(node, word), node: next))
        count += 1
    }

    private mutating func put(_ new: Slot) {
        var slot = Self.hash(new.key) & (slots.count - 1)
        while slots[slot].node >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = new
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(key: 0, node: -1), count: old.count * 2)
        for slot in old where slot.node >= 0 { put(slot) }
    }

    private static func key(_ node: Int32, _ word: WordID) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word.rawValue))
    }

    @inline(__always) private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }
}
