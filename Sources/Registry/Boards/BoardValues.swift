package import Claims

/// The ranking for one benchmark, metric and unit.
///
/// Only scores stand in it.
package struct Board: Sendable, Hashable {
    package var id: Int64
    /// `nil` where the claims name no metric.
    package var metric: MetricReference?
    package var unit: String
    /// Which way is better: the metric's, or the unit's where there is no metric.
    package var direction: MetricDirection
    /// Whether the direction was guessed.
    package var isDirectionAssumed: Bool
    /// How many entries it has: one for each model and paper.
    package var entryCount: Int
    /// The newest log entry that changed it: as long as this stays, so does everything on the board.
    package var logPosition: Int64
    /// Whether there are scores on it that no place can be given to.
    package var hasUnranked: Bool
}

/// A benchmark with all its boards that show anything, of one moment.
package struct BenchmarkBoards: Sendable, Hashable {
    package var benchmark: BenchmarkReference
    /// The one with most entries first.
    package var boards: [Board]
    /// The newest log entry that changed anything of the benchmark: as long as this stays, so does all that is shown of it.
    package var logPosition: Int64
    /// Whether papers may say something about the state of the art on it.
    var hasStatements: Bool
    /// A state of the registry in which this holds: of the present, the one after ``logPosition``.
    package var snapshot: Snapshot
    /// The moment that this was read of.
    var moment: Moment = .now
}

/// Which board is wanted, and which of its entries.
package struct BoardQuery: Sendable, Hashable {
    /// The benchmark's slug, or any of its names.
    package var benchmark: String
    /// The metric's slug, or any of its names; `none` for the numbers that name no metric; `nil` for the board with
    /// most entries.
    package var metric: String?
    /// The unit; `nil` for the board with most entries.
    package var unit: String?
    /// Only models with at least so many parameters; leaves out those whose size is not stated.
    package var minParameters: Int64?
    /// Only models with at most so many parameters; leaves out those whose size is not stated.
    package var maxParameters: Int64?
    /// Only papers with a code link, or only those without.
    package var hasCode: Bool?
    /// Only papers published on this day or later; leaves out those without a date.
    package var publishedFrom: PublicationDate?
    /// Only papers published in this period or before; leaves out those without a date.
    package var publishedTo: PublicationDate?
    /// Which claims are ranked.
    package var status: BoardStatus = .active
    /// The moment whose board is wanted; `nil` for the present.
    package var asOf: AsOf?
    package var page: PageRequest

    /// Makes a query for a benchmark's main board; narrow it by setting the rest.
    package init(benchmark: String, metric: String? = nil, unit: String? = nil, page: PageRequest = PageRequest()) {
        self.benchmark = benchmark
        self.metric = metric
        self.unit = unit
        self.page = page
    }
}

/// One line of a board.
package struct BoardEntry: Sendable, Hashable {
    /// The place among the entries asked for; equal values share a place.
    ///
    /// `nil` for what cannot be ranked.
    package var rank: Int?
    package var claimID: Int64
    package var value: ExactDecimal
    package var valueHigh: ExactDecimal?
    package var bound: Bound
    package var aggregate: Aggregate?
    /// The system as the paper names it.
    package var subject: String?
    /// The system where it has a name that other papers could know; `nil` for "our method" and for none.
    package var model: ModelReference?
    /// The model's size: as this paper states it, else as any paper does.
    package var parameters: Int64?
    /// The paper that reports the number.
    ///
    /// The system need not be the paper's own: papers report baselines, too.
    package var reportedByPaper: PaperReference
    package var evidence: Evidence
    /// The paper's code, as far as it links to any.
    package var codeLinks: [String]
    /// How often claims like this one are right, 0...1.
    package var confidence: Double
    /// Whether the claim counts.
    package var status: RecordStatus
}

/// A part of a board.
package struct BoardPage: Sendable {
    package var benchmark: BenchmarkReference
    /// The board shown; `nil` where the benchmark has none.
    package var board: Board?
    /// All boards of the benchmark, the one with most entries first.
    package var boards: [Board]
    /// Best first.
    package var entries: [BoardEntry]
    /// Scores of the same metric and unit that no place can be given to: ranges, upper bounds, and figures over several
    /// benchmarks.
    ///
    /// The newest claim first; on the first part as many as there may be entries.
    package var unranked: [BoardEntry]
    /// The cursor of the next part of ``entries``.
    package var next: String?
    /// The newest log entry that changed anything of the benchmark, as of this page.
    package var logPosition: Int64
    /// The cursor of a part that has the next of ``unranked`` and no entries.
    package var nextUnranked: String?
    /// The state of the registry that this was read from.
    package var snapshot: Snapshot
}

/// The best there is on a benchmark.
package struct SOTAReport: Sendable {
    package var benchmark: BenchmarkReference
    /// The best claim of each board, the board with most entries first.
    package var best: [SOTAEntry]
    /// What papers say of themselves, newest first.
    package var statements: [SOTAStatement]
    /// As in ``BoardPage/logPosition``.
    package var logPosition: Int64
    /// The state of the registry that this was read from.
    package var snapshot: Snapshot
}

/// The best claim of a board.
package struct SOTAEntry: Sendable, Hashable {
    package var board: Board
    package var entry: BoardEntry
    /// Other entries with the same value.
    package var tieCount: Int
}

/// A statement that a system is the best, or as good as the best.
package struct SOTAStatement: Sendable, Hashable {
    package var id: Int64
    package var statement: SOTAClaim
    package var model: ModelReference?
    package var paper: PaperReference
}

/// The progress of the record on a board.
package struct HistoryReport: Sendable {
    package var benchmark: BenchmarkReference
    /// The board shown; `nil` where the benchmark has none.
    package var board: Board?
    /// The entries that were better than all before them, oldest first; of one day only the best.
    package var records: [BoardEntry]
    /// How many entries have no date, and so no place in history.
    package var undatedCount: Int
    /// As in ``BoardPage/logPosition``.
    package var logPosition: Int64
    /// The state of the registry that this was read from.
    package var snapshot: Snapshot
}
