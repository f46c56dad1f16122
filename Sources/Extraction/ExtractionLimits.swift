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
}
