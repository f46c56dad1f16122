internal import CLexicons

/// A metric that the program knows without having read of it.
public struct KnownMetric: Sendable, Hashable {
    /// The name in addresses.
    public let slug: String
    /// The name as it is usually printed.
    public let name: String
    /// Which way it gets better.
    public let direction: MetricDirection
    /// The unit in which it is usually given, in the words of a claim's unit.
    public let usualUnit: String
    /// The other names it is printed with.
    public let aliases: [String]
}

/// The metrics that papers report, with their names and directions: the lexicon `metrics.tsv`.
public struct MetricCatalogue: Sendable {
    /// The catalogue that is part of the program.
    public static let shared = MetricCatalogue(lexicon: claimboard_lexicon_metrics())

    /// All metrics, in the lexicon's order.
    public let metrics: [KnownMetric]
    private let positions: [NameKey: Int]

    /// Finds a metric by its name or an alias, as printed.
    public func metric(named name: some StringProtocol) -> KnownMetric? {
        positions[NameKey(name)].map { metrics[$0] }
    }

    /// Reads lines of five fields with tabs between them: slug, name, direction, unit, aliases separated by `|`.
    ///
    /// Lines that start with `#`, and those of another form, are passed over.
    init(text: some Sequence<UInt8>) {
        var metrics: [KnownMetric] = []
        var positions: [NameKey: Int] = [:]
        for line in String(decoding: Array(text), as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 5, let direction = MetricDirection(rawValue: fields[2]) else { continue }
            let metric = KnownMetric(
                slug: fields[0],
                name: fields[1],
                direction: direction,
                usualUnit: fields[3],
                aliases: fields[4].split(separator: "|").map(String.init)
            )
            for name in [metric.name] + metric.aliases where positions[NameKey(name)] == nil {
                positions[NameKey(name)] = metrics.count
            }
            metrics.append(metric)
        }
        self.metrics = metrics
        self.positions = positions
    }

    private init(lexicon: claimboard_lexicon) {
        // SAFETY: the lexicon's bytes are constants of the program, `count` of them, and never change or move.
        self.init(text: UnsafeBufferPointer(start: lexicon.bytes, count: lexicon.count))
    }
}

extension MetricCatalogue {
    /// Which way a metric most likely gets better: the direction of a known name in it, else by words such as "error".
    ///
    /// - Returns: the direction, and whether it is a guess.
    public func direction(of name: String) -> (direction: MetricDirection, isAssumed: Bool) {
        if let known = metric(named: name) { return (known.direction, false) }
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
        // "zero-shot BLEU on news" is a BLEU: the longest run of words that is a metric's name tells.
        for length in stride(from: words.count - 1, through: 1, by: -1) {
            for start in 0...(words.count - length) {
                let part = words[start..<(start + length)].joined(separator: " ")
                if part.utf8.count > 2, let known = metric(named: part) { return (known.direction, true) }
            }
        }
        let isLower = words.contains { word in Self.lowerIsBetter.contains { word.hasPrefix($0) } }
        return (isLower ? .lower : .higher, true)
    }

    /// Which way numbers of a unit get better, where no metric is named.
    public static func direction(ofUnit unit: String) -> MetricDirection {
        lowerUnits.contains(unit) ? .lower : .higher
    }

    private static let lowerIsBetter = [
        "error", "loss", "perplexit", "latenc", "distance", "delay", "cost", "time", "memory", "regret", "divergence",
        "deviation", "violation", "failure", "false", "mistake", "hallucinat", "toxic", "forgett", "overhead", "energy",
        "wer", "cer", "fid", "mae", "rmse", "mse", "rank",
    ]

    private static let lowerUnits: Set<String> = [
        "ns", "us", "ms", "second", "s", "minute", "hour", "day", "week", "month", "year", "GPU-hour", "GPU-day",
        "USD", "EUR", "cent", "KB", "MB", "GB", "TB", "GFLOP", "TFLOP", "FLOP", "W", "kW", "J", "kJ", "kWh",
        "kg CO2 eq",
        "mm", "cm", "m", "km", "pixel", "degree", "meV", "eV", "bit", "kbps",
    ]
}
