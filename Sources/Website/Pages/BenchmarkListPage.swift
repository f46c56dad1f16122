import Formats
import Registry

/// The benchmarks, all or those that fit a search.
struct BenchmarkListPage {
    var search: String
    var benchmarks: Page<BenchmarkSummary>

    var content: HTML {
        """
        <h1>\(search.isEmpty ? "Benchmarks" : "Benchmarks like “\(search)”")</h1>
        \(table)
        \(next)
        """
    }

    private var table: HTML {
        guard !benchmarks.items.isEmpty else { return "<p class=\"lead\">None is known by a name like this.</p>" }
        let rows = benchmarks.items.map { summary -> HTML in
            """
            <tr><td><a href="/benchmarks/\(summary.benchmark.slug)">\(summary.benchmark.name)</a></td>\
            <td class="number">\(summary.claimCount)</td><td class="number">\(summary.paperCount)</td></tr>

            """
        }
        return """
            <div class="table"><table>
            <thead><tr><th>Benchmark</th><th class="number">Claims</th><th class="number">Papers</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    }

    private var next: HTML? {
        benchmarks.next.map { cursor in
            let query = search.isEmpty ? "" : "q=\(PercentEncoding.encode(search))&"
            return
                "<p><a href=\"/benchmarks?\(query)cursor=\(PercentEncoding.encode(cursor))\" rel=\"next\">More benchmarks</a></p>"
        }
    }
}
