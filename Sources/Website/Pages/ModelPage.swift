import Claims
import Registry

/// One model: its size as papers state it, and every number reported for it.
struct ModelPage {
    var card: ModelCard
    var claims: [ClaimRecord]

    var content: HTML {
        """
        <h1>\(card.model.name)\(Parts.standing(card.status))</h1>
        <p class="lead">\(Parts.count(card.claimCount, "claim")).\(names)\(size)</p>
        \(table)
        <p class="links"><a href="/v1/claims?model=\(card.model.slug)">The claims as JSON</a></p>
        """
    }

    private var names: String {
        card.aliases.isEmpty ? "" : " Also known as \(card.aliases.prefix(6).joined(separator: ", "))."
    }

    private var size: HTML? {
        card.sizes.first.map { stated in
            " \(Parts.parameters(Int64(stated.size.parameters))) parameters, as stated by \(Parts.paper(stated.paper))."
        }
    }

    private var table: HTML {
        guard !claims.isEmpty else { return .nothing }
        let rows = claims.map { record -> HTML in
            let claim = record.claim
            let benchmarks = record.benchmarks.map { reference -> HTML in
                "<a href=\"/benchmarks/\(reference.slug)\">\(reference.name)</a> "
            }
            let value = Parts.value(claim.value, high: claim.valueHigh, unit: claim.unit, bound: claim.bound)
            return """
                <tr><td>\(benchmarks)</td><td>\(record.metric?.name ?? claim.metric ?? "")</td>\
                <td class="number score">\(value)</td><td>\(claim.kind.rawValue)</td>\
                <td>\(Parts.paper(record.paper))<div class="evidence">\(claim.evidence.text)</div></td>\
                <td class="number">\(record.paper.published?.description ?? "")</td></tr>

                """
        }
        return """
            <div class="table"><table>
            <thead><tr><th>Benchmark</th><th>Metric</th><th class="number">Value</th><th>Kind</th>\
            <th>Paper and evidence</th><th class="number">Published</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    }
}
