import Claims
import Formats
import Registry

/// One benchmark: its boards, one of them at full length, and what papers say of themselves.
struct BenchmarkPage {
    var card: BenchmarkCard
    var board: BoardPage
    var statements: [SOTAStatement]

    var content: HTML {
        """
        <h1>\(card.benchmark.name)\(Parts.standing(card.about.status))</h1>
        <p class="lead">\(about)</p>
        \(tabs)
        \(ProgressChart(board.entries, direction: board.board?.direction ?? .higher)?.svg)
        \(ranking)
        \(aside)
        \(stated)
        """
    }

    private var about: HTML {
        let names = card.aliases.isEmpty ? "" : " Also known as \(card.aliases.prefix(6).joined(separator: ", "))."
        let sizes = card.counts.prefix(3).map { "\($0.count.count) \($0.count.of)" }.joined(separator: ", ")
        let introduced = card.introducedBy.first.map { paper -> HTML in " Introduced by \(Parts.paper(paper))." }
        return """
            \(Parts.count(card.claimCount, "claim")) in \(Parts.count(card.paperCount, "paper")).\(names)\
            \(sizes.isEmpty ? "" : " Stated sizes: \(sizes).")\(introduced)
            """
    }

    private var tabs: HTML {
        let boards = card.boards.filter { $0.entryCount > 0 || isShown($0) }
        guard boards.count > 1 else { return .nothing }
        let links = boards.map { other -> HTML in
            let current: HTML = isShown(other) ? " aria-current=\"page\"" : ""
            return """
                <li><a href="\(address(of: other))"\(current)>\(Parts.board(other)) \
                <span>(\(other.entryCount))</span></a></li>
                """
        }
        return "<ul class=\"tabs\">\(links)</ul>"
    }

    private func isShown(_ other: Board) -> Bool { other.id == board.board?.id }

    private func address(of other: Board) -> String {
        "/benchmarks/\(card.benchmark.slug)?\(choice(of: other))"
    }

    /// The query that chooses a board; the one of the numbers that name no metric has a word of its own.
    private func choice(of other: Board) -> String {
        let metric = other.metric?.slug ?? BoardQuery.noMetric
        return "metric=\(PercentEncoding.encode(metric))&unit=\(PercentEncoding.encode(other.unit))"
    }

    private var ranking: HTML {
        guard let shown = board.board, !board.entries.isEmpty else {
            return "<p class=\"lead\">No score has been reported that could be ranked.</p>"
        }
        let better = shown.direction == .higher ? "higher is better" : "lower is better"
        let csv = "/v1/benchmarks/\(card.benchmark.slug)/leaderboard.csv?\(choice(of: shown))"
        return """
            <h2>\(Parts.board(shown)) <span class="tag">\(better)\(shown.isDirectionAssumed ? " (assumed)" : "")</span></h2>
            <div class="table"><table>
            <thead><tr><th class="number">#</th><th class="number">Value</th><th>Model</th><th class="number">Size</th>\
            <th>Paper and evidence</th><th class="number">Published</th><th>Code</th></tr></thead>
            <tbody>
            \(board.entries.map { row($0, unit: shown.unit) })</tbody></table></div>
            <p class="links"><a href="\(csv)">CSV</a><a href="\(csv.replacing(".csv", with: ""))">JSON</a></p>
            """
    }

    private func row(_ entry: BoardEntry, unit: String) -> HTML {
        let code = entry.codeLinks.first.map { HTML.link("code", to: $0) }
        let size = entry.parameters.map(Parts.parameters) ?? ""
        return """
            <tr\(entry.rank == 1 ? " class=\"first\"" as HTML : .nothing)>\
            <td class="number">\(entry.rank.map(String.init) ?? "")</td>\
            <td class="number score">\(Parts.value(entry.value, high: entry.valueHigh, unit: unit, bound: entry.bound))</td>\
            <td>\(Parts.system(entry.model, entry.subject))</td><td class="number">\(size)</td>\
            <td>\(Parts.paper(entry.reportedByPaper))<div class="evidence">\(entry.evidence.text)</div></td>\
            <td class="number">\(entry.reportedByPaper.published?.description ?? "")</td><td>\(code)</td></tr>

            """
    }

    private var aside: HTML {
        guard let shown = board.board, !board.unranked.isEmpty else { return .nothing }
        return """
            <h2>Reported, but not ranked</h2>
            <p class="lead">Ranges, upper bounds and figures over several benchmarks have no place among exact scores.</p>
            <div class="table"><table><tbody>
            \(board.unranked.map { row($0, unit: shown.unit) })</tbody></table></div>
            """
    }

    private var stated: HTML {
        guard !statements.isEmpty else { return .nothing }
        let quotes = statements.prefix(20).map { statement -> HTML in
            """
            <blockquote>\(statement.statement.evidence.text)<footer>\
            \(Parts.system(statement.model, statement.statement.subject)), \(Parts.paper(statement.paper))\
            \(statement.paper.published.map { ", \($0)" } ?? "")</footer></blockquote>

            """
        }
        return "<h2>What papers say of themselves</h2>\n\(Array(quotes))"
    }
}
