import Claims
import Registry

/// Small pieces that several pages show.
enum Parts {
    /// A number with its unit, as people write it.
    static func value(_ value: ExactDecimal, high: ExactDecimal? = nil, unit: String, bound: Bound = .exact) -> HTML {
        let number = high.map { "\(value)–\($0)" } ?? value.description
        let sign =
            switch bound {
            case .exact: ""
            case .upTo: "≤ "
            case .atLeast: "≥ "
            case .below: "< "
            case .about: "≈ "
            }
        return switch unit {
        case "percent": "\(sign)\(number) %"
        case "times": "\(sign)\(number) ×"
        case "none": "\(sign)\(number)"
        default: "\(sign)\(number) <small>\(unit)</small>"
        }
    }

    /// The word that something was taken back; nothing where it counts.
    static func standing(_ status: Standing) -> HTML? {
        status == .retracted ? " <span class=\"tag\">retracted</span>" : nil
    }

    /// A system: its model's page, or the words that the paper has for it.
    static func system(_ model: ModelReference?, _ subject: String?) -> HTML {
        if let model { return "<a href=\"/models/\(model.slug)\">\(model.name)</a>" }
        return subject.map { "\($0)" } ?? "<span class=\"soft\">not named</span>"
    }

    /// A paper's page.
    static func paper(_ paper: PaperReference) -> HTML {
        "<a href=\"/papers/\(paper.id)\">\(paper.title)</a>"
    }

    /// A number of parameters in the usual short form: `7B`, `1.5B`, `340M`.
    static func parameters(_ count: Int64) -> String {
        for (scale, letter) in [(1_000_000_000_000.0, "T"), (1_000_000_000, "B"), (1_000_000, "M"), (1000, "K")]
        where Double(count) >= scale {
            let number = (Double(count) / scale * 100).rounded() / 100
            let text = "\(number)"
            return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + letter
        }
        return String(count)
    }

    /// What a board ranks.
    static func board(_ board: Board) -> String {
        let metric = board.metric?.name ?? "no metric named"
        return switch board.unit {
        case "none": metric
        case "percent": "\(metric), %"
        default: "\(metric), \(board.unit)"
        }
    }

    /// One of a row of figures; `word` as for one of them.
    static func fact(_ number: Int, _ word: String) -> HTML {
        "<li><b>\(number)</b>\(word)\(number == 1 ? "" : "s")</li>"
    }

    /// So many things; `word` as for one of them, with a plural that ends in `s`.
    static func count(_ number: Int, _ word: String) -> String {
        "\(number) \(word)\(number == 1 ? "" : "s")"
    }
}
