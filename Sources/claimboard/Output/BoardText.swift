import Claims
import Registry

/// How boards read to people.
enum BoardText {
    /// A title such as "GSM8K: accuracy in percent, higher is better, 12 entries".
    static func title(_ benchmark: BenchmarkReference, _ board: Board) -> String {
        let entries = board.entryCount == 1 ? "1 entry" : "\(board.entryCount) entries"
        let guess = board.isDirectionAssumed ? " (assumed)" : ""
        return "\(benchmark.name): \(name(board)), \(board.direction.rawValue) is better\(guess), \(entries)"
    }

    /// What is ranked, such as "accuracy in percent".
    static func name(_ board: Board) -> String {
        let metric = board.metric?.name ?? "scores without a metric"
        return board.unit == "none" ? metric : "\(metric) in \(board.unit)"
    }

    /// A value with its unit and bound, as papers write it.
    static func value(_ entry: BoardEntry, unit: String) -> String {
        let range = entry.valueHigh.map { "\(entry.value)-\($0)" } ?? entry.value.description
        let sign =
            switch entry.bound {
            case .exact: ""
            case .upTo: "up to "
            case .atLeast: "> "
            case .below: "< "
            case .about: "~ "
            }
        return sign + range + unitText(unit)
    }

    private static func unitText(_ unit: String) -> String {
        switch unit {
        case "none": ""
        case "percent": " %"
        case "times": "x"
        default: " \(unit)"
        }
    }

    /// A parameter count in the way models' names have it: 8B, 1.7B, 350M.
    static func size(_ parameters: Int64) -> String {
        for (suffix, unit) in [("T", 1_000_000_000_000), ("B", 1_000_000_000), ("M", 1_000_000), ("K", 1_000)]
        where parameters >= Int64(unit) {
            let tenths = (parameters * 10 + Int64(unit) / 2) / Int64(unit)
            return tenths % 10 == 0 ? "\(tenths / 10)\(suffix)" : "\(tenths / 10).\(tenths % 10)\(suffix)"
        }
        return "\(parameters)"
    }
}
