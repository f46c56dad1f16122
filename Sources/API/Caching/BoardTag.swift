/// A strong ETag for what is shown of a benchmark, without a look at the bytes: the benchmark's counter, which every write
/// that changes anything of it raises, and what the answer is an answer to.
struct BoardTag: Hashable, Sendable, CustomStringConvertible {
    let benchmark: Int64
    /// `benchmark.log_position`.
    let position: Int64
    /// ``AnswerKey/fingerprint(baseURL:)``.
    let fingerprint: UInt64

    /// As it stands in the header field.
    var description: String {
        "\"\(benchmark)-\(position)-\(String(fingerprint, radix: 36))\""
    }

    /// Makes a tag.
    init(benchmark: Int64, position: Int64, fingerprint: UInt64) {
        self.benchmark = benchmark
        self.position = position
        self.fingerprint = fingerprint
    }

    /// Reads a tag of an answer of ours.
    ///
    /// - Returns: `nil` for any other.
    init?(_ text: String) {
        let parts = text.split(separator: "\"").first?.split(separator: "-") ?? []
        guard parts.count >= 3, let benchmark = Int64(parts[0]), let position = Int64(parts[1]),
            let fingerprint = UInt64(parts[2], radix: 36)
        else { return nil }
        self.init(benchmark: benchmark, position: position, fingerprint: fingerprint)
    }
}
