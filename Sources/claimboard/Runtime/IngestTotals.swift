import Formats
import Registry

/// What became of the papers of an ingest.
struct IngestTotals {
    var created = 0
    var updated = 0
    var unchanged = 0
    /// Records that could not be read, papers that the registry did not take, and files that could not be read to the end.
    var refused = 0
    // What the papers taken have now.
    var claims = 0
    var benchmarks = 0
    var sotaClaims = 0
    var modelSizes = 0
    var links = 0
    private var reported = 0

    /// How many papers were taken or are known.
    var papers: Int { created + updated + unchanged }

    var hasRefused: Bool { refused > 0 }

    mutating func add(_ outcome: IngestOutcome) {
        switch outcome.result {
        case .created: created += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        case .refused: refused += 1
        }
        claims += outcome.counts.claims
        benchmarks += outcome.counts.benchmarks
        sotaClaims += outcome.counts.sotaClaims
        modelSizes += outcome.counts.modelSizes
        links += outcome.counts.links
    }

    /// Ends a file, and gives the line that tells of it.
    mutating func endFile(_ name: String) -> String {
        defer { reported = papers }
        return "\(name): \(papers - reported) papers"
    }

    /// The outcome for people.
    var text: String {
        """
        papers      \(papers)  (\(created) new, \(updated) read anew, \(unchanged) known already, \(refused) refused)
        claims      \(claims)
        benchmarks  \(benchmarks) mentions
        statements  \(sotaClaims) about the state of the art
        sizes       \(modelSizes)
        links       \(links)

        """
    }

    /// The outcome for programs, one line.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("papers", papers)
            json.member("created", created)
            json.member("updated", updated)
            json.member("unchanged", unchanged)
            json.member("refused", refused)
            json.member("claims", claims)
            json.member("benchmark_mentions", benchmarks)
            json.member("sota_statements", sotaClaims)
            json.member("model_sizes", modelSizes)
            json.member("links", links)
        }
        json.endLine()
        return json.bytes
    }
}
