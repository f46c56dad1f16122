/// Some tokens that may be the name of a benchmark or a system, at one place of a text.
struct NameSpan {
    /// The tokens of the name.
    var tokens: Range<Int>
    /// Whether the place is in the title.
    var isInTitle: Bool
    /// The known benchmark that the name is or starts with.
    var gazetteer: Gazetteer.Match?
    /// The long form, where one is printed beside the name.
    var fullName: Range<Int>?
    /// The name that this one is a shortened version of in a list: `AIME 2024` for the `2025` of "AIME 2024 and 2025".
    var stem: Range<Int>?
    /// The spans that are listed with it, itself included: indices of spans.
    var list: Range<Int> = 0..<0
    /// Whether it is called a benchmark right here: "the X dataset", "XBench".
    var isCalledBenchmark = false
    /// Whether it is known as the name of a system, a metric or another thing that is no benchmark.
    var isKnownOther = false
    /// Whether it is the long form of the name beside it.
    var isLongForm = false
    /// The index of the thing that it names.
    var thing = -1
}
