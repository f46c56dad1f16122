import Claims
import Extraction

/// What the rounds together say.
struct Report {
    let corpus: Corpus
    /// How often a round went over the corpus.
    let passes: Int
    let rounds: [Round]
    let found: [ExtractedRecords]

    private var papersPerRound: Double { Double(corpus.texts.count * passes) }
    private var bytesPerRound: Double { Double(corpus.byteCount * passes) }

    /// Prints all figures: medians, with the lowest and highest round behind them.
    func print() {
        line("papers", "\(corpus.texts.count), \(corpus.byteCount) bytes; \(rounds.count) rounds of \(passes) passes")
        line("records", counts)
        line("hash of the records", hash)
        line("papers/s", spread(rounds.map { papersPerRound / $0.seconds }, digits: 0))
        line("MB/s", spread(rounds.map { bytesPerRound / $0.seconds / 1e6 }, digits: 1))
        line("times the plain byte loop", spread(rounds.map { $0.seconds / $0.plainSeconds }, digits: 1))
        line("plain byte loop, MB/s", spread(rounds.map { bytesPerRound / $0.plainSeconds / 1e6 }, digits: 0))
        line("us a paper", spread(rounds.map { $0.seconds / papersPerRound * 1e6 }, digits: 1))
        for stage in Extractor.Stage.allCases {
            let values = rounds.map { $0.stageSeconds[stage.rawValue] / papersPerRound * 1e6 }
            line("  \(stage)", spread(values, digits: 1))
        }
        line("peak memory, MB", rounded(peakMemory(), digits: 1))
    }

    private var counts: String {
        [
            "\(count(\.benchmarks)) benchmarks", "\(count(\.claims)) claims", "\(count(\.sotaClaims)) SOTA claims",
            "\(count(\.modelSizes)) model sizes", "\(count(\.links)) links",
        ].joined(separator: ", ")
    }

    private func count<Record>(_ records: KeyPath<ExtractedRecords, [Record]>) -> Int {
        found.reduce(0) { $0 + $1[keyPath: records].count }
    }

    /// A hash over every field of every record: the same wherever the same is read.
    private var hash: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for records in found {
            for byte in String(describing: records).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return String(hash, radix: 16)
    }

    private func line(_ name: String, _ text: String) {
        Swift.print(name + String(repeating: " ", count: max(1, 28 - name.count)) + text)
    }

    private func spread(_ values: [Double], digits: Int) -> String {
        let sorted = values.sorted()
        let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        let (low, high) = (rounded(sorted[0], digits: digits), rounded(sorted[sorted.count - 1], digits: digits))
        return "\(rounded(median, digits: digits))  (\(low) to \(high))"
    }
}

/// A number with so many digits behind the point.
func rounded(_ value: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value * scale).rounded())
    guard digits > 0 else { return "\(scaled)" }
    let fraction = String(scaled % Int(scale))
    return "\(scaled / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}
