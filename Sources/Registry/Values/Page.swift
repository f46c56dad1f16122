/// A part of a list.
package struct Page<Item: Sendable>: Sendable {
    package var items: [Item]
    /// The cursor of the part after this one; `nil` at the end of the list.
    package var next: String?

    /// Makes a page.
    package init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }
}

/// A part of a list, with the state of the registry that it was read from.
package struct DatedPage<Item: Sendable>: Sendable {
    package var page: Page<Item>
    package var snapshot: Snapshot

    /// The items of the part.
    package var items: [Item] { page.items }
    /// The cursor of the part after this one; `nil` at the end of the list.
    package var next: String? { page.next }
}

/// Which part of a list is wanted.
package struct PageRequest: Sendable, Hashable {
    /// How many items at most, 1...1000.
    package var limit: Int
    /// The ``Page/next`` of the part before; `nil` for the first.
    package var cursor: String?

    /// Makes a request for a part of a list.
    package init(limit: Int = 50, cursor: String? = nil) {
        self.limit = limit
        self.cursor = cursor
    }

    /// The most items a page can have: about 1 MB of JSON for the largest records.
    package static let maximumLimit = 1000
}
