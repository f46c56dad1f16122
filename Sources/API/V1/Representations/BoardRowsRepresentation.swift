package import Formats
package import Registry

extension BoardRowsPage {
    /// Writes the same as ``Registry/BoardPage/write(to:next:nextUnranked:)``, the entries from the database's bytes.
    ///
    /// - Parameters:
    ///   - json: takes it.
    ///   - next: how to get the part after this one.
    ///   - nextUnranked: how to get the next lines without a rank.
    /// - Throws: `PostgresError` for addresses that do not read as such.
    package func write(to json: inout JSONWriter, next: String?, nextUnranked: String?) throws {
        try json.object { json in
            json.member("benchmark", benchmark)
            json.member("benchmark_status", benchmark.status ?? .active)
            json.member("board", board)
            json.name("entries")
            json.beginArray()
            if let rows {
                for row in 0..<rows.count { try rows.write(row, to: &json) }
            }
            json.endArray()
            json.member("unranked", unranked)
            json.member("boards", boards)
            json.member("next", next)
            json.member("next_unranked", nextUnranked)
            json.member("snapshot", snapshot)
        }
    }
}

extension BoardRows {
    /// Writes an entry as ``Registry/BoardEntry`` is written.
    fileprivate func write(_ line: Int, to json: inout JSONWriter) throws {
        json.beginObject()
        json.name("rank")
        json.value(ranks[line])
        number(line, .claimID, "claim_id", &json)
        text(line, .value, "value", &json)
        text(line, .valueHigh, "value_high", &json)
        text(line, .bound, "bound", &json)
        text(line, .aggregate, "aggregate", &json)
        json.name("model")
        if bytes(line, .modelID) == nil {
            json.null()
        } else {
            json.beginObject()
            text(line, .modelSlug, "slug", &json)
            text(line, .modelName, "name", &json)
            json.endObject()
        }
        text(line, .subject, "subject", &json)
        number(line, .parameters, "parameters", &json)
        json.name("paper")
        json.beginObject()
        number(line, .paperID, "id", &json)
        text(line, .paperTitle, "title", &json)
        text(line, .published, "published", &json)
        text(line, .paperURL, "url", &json)
        json.endObject()
        json.name("code_links")
        json.beginArray()
        for link in try codeLinks(line) { json.value(link) }
        json.endArray()
        text(line, .evidence, "evidence", &json)
        text(line, .evidenceSource, "evidence_in", &json)
        number(line, .evidenceStart, "evidence_start", &json)
        number(line, .evidenceEnd, "evidence_end", &json)
        fraction(line, .confidence, "confidence", &json)
        text(line, .status, "status", &json)
        json.endObject()
    }

    private func text(_ line: Int, _ field: Field, _ name: StaticString, _ json: inout JSONWriter) {
        json.name(name)
        if let bytes = bytes(line, field) { json.value(utf8: bytes) } else { json.null() }
    }

    private func number(_ line: Int, _ field: Field, _ name: StaticString, _ json: inout JSONWriter) {
        json.name(name)
        if let bytes = bytes(line, field) { json.value(json: bytes) } else { json.null() }
    }

    /// PostgreSQL prints a whole `double precision` without a point, and others as Swift does.
    private func fraction(_ line: Int, _ field: Field, _ name: StaticString, _ json: inout JSONWriter) {
        json.name(name)
        guard let bytes = bytes(line, field) else { return json.null() }
        if bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            json.value(Double(String(decoding: bytes, as: UTF8.self)) ?? 0)
        } else {
            json.value(json: bytes)
        }
    }
}
