import Claims
import Registry

/// One paper: its abstract with the evidence marked, and every record read from it.
struct PaperPage {
    var paper: PaperRecord

    var content: HTML {
        """
        <h1>\(paper.paper.title)\(Parts.standing(paper.status))</h1>
        <p class="links">\(origin)</p>
        <div class="abstract">\(HighlightedText.html(paper.paper.abstract, places: places))</div>
        \(claims)
        \(statements)
        \(sizes)
        \(benchmarks)
        \(links)
        <p class="soft">Read by \(paper.extractor.description). \
        <a href="/v1/papers/\(paper.id)">The same as JSON</a></p>
        """
    }

    private var origin: HTML {
        let date: HTML = paper.paper.published.map { "<span class=\"soft\">\($0.description)</span>" } ?? ""
        let url = paper.paper.url.map { HTML.link("The paper", to: $0) }
        let identifiers = paper.paper.identifiers.filter { $0.scheme != .url }.map { identifier -> HTML in
            "<span class=\"tag\">\(identifier.description)</span>"
        }
        return "\(date)\(url)\(identifiers)"
    }

    /// Only what counts is marked; the rest is history.
    private var activeClaims: [ClaimRecord] { paper.claims.filter { $0.status == .active } }

    private var places: [HighlightedText.Place] {
        let claims = activeClaims.map { ($0.claim.evidence, "\($0.claim.kind.rawValue) \($0.claim.value)") }
        let statements = paper.sotaClaims.filter { $0.status == .active }
            .map { ($0.reading.evidence, "\($0.reading.strength.rawValue) the state of the art") }
        return (claims + statements).filter { $0.0.source == .abstract }
            .map { HighlightedText.Place(range: $0.0.start..<max($0.0.start, $0.0.end), label: $0.1) }
    }

    private var claims: HTML {
        guard !activeClaims.isEmpty else { return "<p class=\"lead\">No numbers were found in this abstract.</p>" }
        let rows = activeClaims.map { record -> HTML in
            let claim = record.claim
            let benchmarks = record.benchmarks.map { reference -> HTML in
                "<a href=\"/benchmarks/\(reference.slug)\">\(reference.name)</a> "
            }
            let value = Parts.value(claim.value, high: claim.valueHigh, unit: claim.unit, bound: claim.bound)
            return """
                <tr><td class="number score">\(value)</td><td>\(claim.kind.rawValue)</td>\
                <td>\(claim.metric ?? record.metric?.name ?? "")</td><td>\(benchmarks)</td>\
                <td>\(Parts.system(record.model, claim.subject))</td>\
                <td class="evidence">\(claim.evidence.text)</td></tr>

                """
        }
        return """
            <h2>Numbers</h2>
            <div class="table"><table>
            <thead><tr><th class="number">Value</th><th>Kind</th><th>Metric</th><th>Benchmark</th><th>Model</th>\
            <th>Evidence</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    }

    private var statements: HTML {
        let active = paper.sotaClaims.filter { $0.status == .active }
        guard !active.isEmpty else { return .nothing }
        let quotes = active.map { record -> HTML in
            """
            <blockquote>\(record.reading.evidence.text)<footer>\(record.reading.strength.rawValue) the state of the \
            art</footer></blockquote>
            """
        }
        return "<h2>State of the art</h2>\(quotes)"
    }

    private var sizes: HTML {
        let active = paper.modelSizes.filter { $0.status == .active }
        guard !active.isEmpty else { return .nothing }
        let rows = active.map { record -> HTML in
            """
            <tr><td>\(Parts.system(record.target, record.reading.model))</td>\
            <td class="number">\(Parts.parameters(Int64(record.reading.parameters)))</td></tr>
            """
        }
        return "<h2>Model sizes</h2><div class=\"table\"><table><tbody>\(rows)</tbody></table></div>"
    }

    private var benchmarks: HTML {
        let active = paper.benchmarks.filter { $0.status == .active }
        guard !active.isEmpty else { return .nothing }
        let rows = active.map { record -> HTML in
            let name: HTML =
                record.target.map { "<a href=\"/benchmarks/\($0.slug)\">\(record.reading.name)</a>" }
                ?? "\(record.reading.name)"
            return "<tr><td>\(name)</td><td>\(record.reading.role.rawValue)</td></tr>"
        }
        return "<h2>Benchmarks</h2><div class=\"table\"><table><tbody>\(rows)</tbody></table></div>"
    }

    private var links: HTML {
        let active = paper.links.filter { $0.status == .active }
        guard !active.isEmpty else { return .nothing }
        let items = active.map { record -> HTML in
            """
            <tr><td><span class="tag">\(record.reading.kind.rawValue)</span></td>\
            <td>\(HTML.link(record.reading.url, to: record.reading.url))</td></tr>
            """
        }
        return "<h2>Links</h2><div class=\"table\"><table><tbody>\(items)</tbody></table></div>"
    }
}
