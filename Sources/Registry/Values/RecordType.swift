/// The kinds of records that the registry keeps and that people can correct.
///
/// The raw values are the words of the schema and of the JSON.
package enum RecordType: String, Sendable, Hashable, CaseIterable {
    case paper
    case claim
    case sotaClaim = "sota_claim"
    case modelSize = "model_size"
    case link
    case paperBenchmark = "paper_benchmark"
    case benchmark
    case metric
    case model

    /// Which kind of name it is; `nil` for papers and what is read from them.
    var nameKind: NameKind? { NameKind(rawValue: rawValue) }

    /// Whether it is read from a paper.
    var isReading: Bool { nameKind == nil && self != .paper }
}
