/// The results of a text: the quantities that are scores or changes, with their places in lists.
struct ResultList {
    /// One result.
    struct Item {
        /// The index of its quantity.
        var quantity: Int
        var kind: NumberKind
        /// The results that it stands in one list with (`80 %, 70 % and 60 %`), as indices of ``items``.
        var list: Range<Int>
    }

    private(set) var items: [Item] = []

    /// Forgets everything but keeps the memory.
    mutating func removeAll() { items.removeAll(keepingCapacity: true) }

    /// Adds the results in order, then finds their lists.
    mutating func fill(_ kinds: some Sequence<(quantity: Int, kind: NumberKind)>, in context: ClaimContext) {
        removeAll()
        for (quantity, kind) in kinds where kind != .other {
            items.append(Item(quantity: quantity, kind: kind, list: 0..<0))
        }
        var start = 0
        while start < items.count {
            var end = start + 1
            while end < items.count, isList(items[end - 1], items[end], in: context) { end += 1 }
            for index in start..<end { items[index].list = start..<end }
            start = end
        }
    }

    private func isList(_ first: Item, _ second: Item, in context: ClaimContext) -> Bool {
        let (first, second) = (context.quantities[first.quantity], context.quantities[second.quantity])
        // Some sources have lost their commas: "by 3 % 4 % and 5 %".
        let isBare = first.tokens.upperBound == second.start && first.unit == second.unit
        return isBare || QuantityLists.isList(first, second, in: context.document)
    }

    /// How many results stand between two tokens of a sentence.
    func count(between range: Range<Int>, in context: ClaimContext) -> Int {
        var low = items.partitioningIndex {
            context.quantities[$0.quantity].tokens.lowerBound >= range.lowerBound
        }
        var count = 0
        while low < items.count, count < 4,
            context.quantities[items[low].quantity].tokens.upperBound <= range.upperBound
        {
            count += 1
            low += 1
        }
        return count
    }
}
