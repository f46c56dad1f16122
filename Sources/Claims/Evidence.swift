/// The words that a record was read from.
public struct Evidence: Sendable, Hashable {
    /// Which text of a paper.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        case title
        case abstract
    }

    /// The text it stands in.
    public var source: Source
    /// Where it starts: UTF-8 bytes from the start of the source, inclusive, on a character boundary.
    public var start: Int
    /// Where it ends: UTF-8 bytes from the start of the source, exclusive, on a character boundary.
    public var end: Int
    /// The words, letter for letter as they stand between ``start`` and ``end``.
    public var text: String

    /// Makes evidence from its parts.
    public init(source: Source, start: Int, end: Int, text: String) {
        self.source = source
        self.start = start
        self.end = end
        self.text = text
    }
}
