import Claims

/// How much of a text is read and kept.
///
/// Far over any abstract; there so that hostile input costs no more than its size.
public struct ExtractionLimits: Sendable {
    /// The bytes of a title or abstract that are read; what is behind them is not looked at.
    ///
    /// The longest abstract of the corpora has under 4,000 bytes.
    public var maximumBytes = 1 << 20
    /// The records of one kind that are kept.
    ///
    /// The most of one kind in an abstract of the corpora is under 50.
    public var maximumRecords = 1_000

    /// The limits above.
    public static let standard = ExtractionLimits()

    /// Makes the standard limits, to be changed.
    public init() {}

    /// The most that ``maximumBytes`` can be set to: normalising makes up to three bytes of one, and offsets have 32 bits.
    private static let mostBytes = 1 << 29

    /// The part of a text that is read; it ends on a character boundary.
    func cut(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let limit = max(0, min(maximumBytes, Self.mostBytes))
        guard text.count > limit else { return text }
        // A character has at most three bytes behind its first.
        let end = (max(0, limit - 3)...limit).last { text[$0] & 0xC0 != 0x80 } ?? limit
        return UnsafeBufferPointer(rebasing: text[..<end])
    }

    /// Leaves out the records that are too many.
    func cut(_ records: inout ExtractedRecords) {
        let limit = max(0, maximumRecords)
        records.benchmarks.removeLast(max(0, records.benchmarks.count - limit))
        records.claims.removeLast(max(0, records.claims.count - limit))
        records.sotaClaims.removeLast(max(0, records.sotaClaims.count - limit))
        records.modelSizes.removeLast(max(0, records.modelSizes.count - limit))
        records.links.removeLast(max(0, records.links.count - limit))
    }
}
