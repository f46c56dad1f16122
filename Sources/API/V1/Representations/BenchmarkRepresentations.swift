import Claims
package import Formats
import Registry

extension BenchmarkSummary: JSONValue {
    /// Writes a benchmark as it stands in lists.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", benchmark.slug)
            json.member("name", benchmark.name)
            json.member("claim_count", claimCount)
            json.member("paper_count", paperCount)
            json.member("status", status)
        }
    }
}

extension BenchmarkCard: JSONValue {
    /// Writes all about a benchmark.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", benchmark.slug)
            json.member("name", benchmark.name)
            json.member("aliases", aliases)
            json.member("kind", about.kind)
            json.member("description", about.description)
            json.member("url", about.url)
            json.member("status", about.status)
            json.member("claim_count", claimCount)
            json.member("paper_count", paperCount)
            json.array("counts", of: counts) { json, stated in
                json.member("count", stated.count.count)
                json.member("of", stated.count.of)
                json.member("paper_id", stated.paperID)
            }
            json.member("introduced_by", introducedBy)
            json.member("boards", boards)
            json.member("revision", revision)
            json.name("set_by")
            json.value(json: about.setBy)
        }
    }
}

extension Board: JSONValue {
    /// Writes what a board ranks, and how.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("metric", metric)
            json.member("unit", unit)
            json.member("direction", direction)
            json.member("direction_assumed", isDirectionAssumed)
            json.member("entry_count", entryCount)
        }
    }
}

extension BoardEntry: JSONValue {
    /// Writes one line of a board.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("rank", rank)
            json.member("claim_id", claimID)
            json.member("value", value)
            json.member("value_high", valueHigh)
            json.member("bound", bound)
            json.member("aggregate", aggregate)
            json.member("model", model)
            json.member("subject", subject)
            json.member("parameters", parameters)
            json.member("paper", reportedByPaper)
            json.member("code_links", codeLinks)
            json.origin(evidence, confidence)
            json.member("status", status)
        }
    }
}

extension SOTAEntry: JSONValue {
    /// Writes a board with its best entry.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("board", board)
            json.member("entry", entry)
            json.member("tie_count", tieCount)
        }
    }
}

extension SOTAStatement: JSONValue {
    /// Writes what a paper says of itself.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("strength", statement.strength)
            json.member("model", model)
            json.member("subject", statement.subject)
            json.member("paper", paper)
            json.origin(statement.evidence, statement.confidence)
        }
    }
}
