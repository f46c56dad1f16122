import Claims
package import Formats
import Registry

extension ClaimRecord: JSONValue {
    /// Writes a claim.
    ///
    /// What the abstract prints stands beside what it was understood as.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("status", status)
            json.member("revision", revision)
            json.member("kind", claim.kind)
            json.member("value", claim.value)
            json.member("value_high", claim.valueHigh)
            json.member("unit", claim.unit)
            json.member("bound", claim.bound)
            json.member("relative", claim.relative)
            json.member("aggregate", claim.aggregate)
            json.member("metric", metric)
            json.member("metric_printed", claim.metric)
            json.member("benchmarks", benchmarks)
            json.member("benchmarks_printed", claim.benchmarks)
            json.member("model", model)
            json.member("subject", claim.subject)
            json.member("baseline", claim.baseline)
            json.member("paper", paper)
            json.origin(claim.evidence, claim.confidence)
            json.member("extractor", extractor.description)
            json.name("set_by")
            json.value(json: setBy)
            json.member("created_at", createdAt)
        }
    }
}

extension Revision: JSONValue {
    /// Writes one state of a record.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("number", number)
            json.member("author", author)
            json.member("reason", reason)
            json.member("created_at", createdAt)
            json.member("log_position", logPosition)
            json.name("diff")
            if let diff { json.value(json: diff) } else { json.null() }
            json.name("state")
            json.value(json: state)
        }
    }
}

extension JSONWriter {
    /// Writes JSON that the database has made, whole and valid.
    mutating func value(json text: String) {
        var text = text
        text.withUTF8 { value(json: UnsafeRawBufferPointer($0)) }
    }
}
