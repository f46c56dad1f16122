import ArgumentParser
import Claims
import Registry

/// Which board is meant, and which of its entries.
struct BoardOptions: ParsableArguments {
    @Argument(help: "The benchmark: its slug, or any of its names.")
    var benchmark: String

    @Option(name: .long, help: "The metric: its slug, or any of its names. Default: the one with most entries.")
    var metric: String?

    @Option(name: .long, help: "The unit, such as percent. Default: the one with most entries.")
    var unit: String?

    @Option(
        name: .customLong("min-parameters"),
        help: ArgumentHelp("Only models with at least so many parameters: 7B, 350M, 1300000.", valueName: "count")
    )
    var minParameters: ParameterCount?

    @Option(
        name: .customLong("max-parameters"),
        help: ArgumentHelp("Only models with at most so many parameters.", valueName: "count")
    )
    var maxParameters: ParameterCount?

    @Flag(name: .customLong("has-code"), help: "Only papers that link to code.")
    var hasCode = false

    @Option(
        name: .customLong("published-from"),
        help: ArgumentHelp("Only papers of this day, month or year, or later.", valueName: "date")
    )
    var publishedFrom: DateArgument?

    @Option(
        name: .customLong("published-to"),
        help: ArgumentHelp("Only papers of this day, month or year, or before.", valueName: "date")
    )
    var publishedTo: DateArgument?

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The state as the registry knew it then: a log position, a snapshot, or a month, day or time.",
            valueName: "moment"
        )
    )
    var asOf: MomentArgument?

    /// The query for it, of so many entries at most.
    func query(limit: Int = 50) -> BoardQuery {
        var query = BoardQuery(benchmark: benchmark, metric: metric, unit: unit, page: PageRequest(limit: limit))
        query.minParameters = minParameters?.count
        query.maxParameters = maxParameters?.count
        query.hasCode = hasCode ? true : nil
        query.publishedFrom = publishedFrom?.date
        query.publishedTo = publishedTo?.date
        query.asOf = asOf?.moment
        return query
    }
}

/// A number of parameters as people write it.
struct ParameterCount: ExpressibleByArgument {
    let count: Int64

    /// Reads `7B`, `1.5b`, `350M`, `110k`, `1300000`.
    init?(argument: String) {
        let powers: [Character: Int] = ["k": 3, "m": 6, "b": 9, "t": 12]
        let power = argument.lowercased().last.flatMap { powers[$0] }
        let digits = power == nil ? argument : String(argument.dropLast())
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        let zeros = (power ?? 0) - fraction.count
        guard zeros >= 0, (whole + fraction).allSatisfy({ $0.isASCII && $0.isNumber }),
            let count = Int64(whole + fraction + String(repeating: "0", count: zeros))
        else { return nil }
        self.count = count
    }
}

/// A day, month or year as people write it.
struct DateArgument: ExpressibleByArgument {
    let date: PublicationDate

    /// Reads an ISO 8601 date, as exact as it is given.
    init?(argument: String) {
        guard let date = PublicationDate(argument) else { return nil }
        self.date = date
    }
}

/// A moment as people write it.
struct MomentArgument: ExpressibleByArgument {
    let moment: AsOf

    /// Reads a log position, a snapshot, a month, day or time.
    init?(argument: String) {
        guard let moment = AsOf(argument) else { return nil }
        self.moment = moment
    }
}
