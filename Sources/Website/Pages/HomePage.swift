import Claims
import Registry

/// The first page: search, how much there is, the best on the busiest benchmarks, what is new.
struct HomePage {
    var counts: RegistryCounts
    /// Of the benchmarks with most claims.
    var leaders: [SOTAReport]
    /// The newest in the registry.
    var papers: [PaperSummary]

    var content: HTML {
        """
        <div class="hero">
        <h1>What papers claim, and the words they claim it in</h1>
        <p class="lead">Claimboard reads paper abstracts and keeps every reported number with its unit, benchmark, model \
        and evidence. Improvements and bounds are kept as what they are, and never ranked as if they were scores.</p>
        <form class="search" action="/benchmarks" role="search"><input name="q" type="search" maxlength="200" \
        placeholder="GSM8K, ImageNet, COCO …" aria-label="Find a benchmark"><button>Search</button></form>
        </div>
        <ul class="facts">
        \(Parts.fact(counts.papers, "paper"))\(Parts.fact(counts.claims, "claim"))\
        \(Parts.fact(counts.benchmarks, "benchmark"))\(Parts.fact(counts.models, "model"))\
        \(Parts.fact(counts.boards, "board"))
        </ul>
        \(leaderTable)
        \(newPapers)
        """
    }

    private var leaderTable: HTML {
        let rows = leaders.compactMap { report -> HTML? in
            guard let best = report.best.first else { return nil }
            return """
                <tr><td><a href="/benchmarks/\(report.benchmark.slug)">\(report.benchmark.name)</a></td>\
                <td>\(best.board.metric?.name ?? "")</td>\
                <td class="number score">\(Parts.value(best.entry.value, unit: best.board.unit))</td>\
                <td>\(Parts.system(best.entry.model, best.entry.subject))</td>\
                <td>\(Parts.paper(best.entry.reportedByPaper))</td>\
                <td class="number">\(best.entry.reportedByPaper.published?.description ?? "")</td></tr>

                """
        }
        guard !rows.isEmpty else { return .nothing }
        return """
            <h2>Best claimed so far</h2>
            <div class="table"><table>
            <thead><tr><th>Benchmark</th><th>Metric</th><th class="number">Value</th><th>Model</th><th>Paper</th>\
            <th class="number">Published</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    }

    private var newPapers: HTML {
        guard !papers.isEmpty else {
            return "<h2>Nothing here yet</h2><p>Add papers with <code>claimboard ingest FILE</code>.</p>"
        }
        let rows = papers.map { summary -> HTML in
            """
            <tr><td>\(Parts.paper(summary.paper))</td><td class="number">\(Parts.count(summary.claimCount, "claim"))</td>\
            <td class="number">\(summary.paper.published?.description ?? "")</td></tr>

            """
        }
        return """
            <h2>Recently added</h2>
            <div class="table"><table><tbody>
            \(rows)</tbody></table></div>
            """
    }
}
