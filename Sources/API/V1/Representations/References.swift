import Claims
package import Formats
import Registry

// How records point to each other, and what all records share. One file a kind of record has the rest.

extension BenchmarkReference: JSONValue {
    /// Writes slug and name.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", slug)
            json.member("name", name)
        }
    }
}

extension ModelReference: JSONValue {
    /// Writes slug and name.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", slug)
            json.member("name", name)
        }
    }
}

extension MetricReference: JSONValue {
    /// Writes slug, name and direction.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("slug", slug)
            json.member("name", name)
            json.member("direction", direction)
            json.member("direction_assumed", isDirectionAssumed)
        }
    }
}

extension PaperReference: JSONValue {
    /// Writes id, title, date and address.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("title", title)
            json.member("published", published)
            json.member("url", url)
        }
    }
}

extension RecordStatus: JSONValue {}
extension Standing: JSONValue {}

extension JSONWriter {
    /// The members that say where a record was read and how sure the reader was.
    mutating func origin(_ evidence: Evidence, _ confidence: Double) {
        member("evidence", evidence.text)
        member("evidence_in", evidence.source)
        member("evidence_start", evidence.start)
        member("evidence_end", evidence.end)
        member("confidence", confidence)
    }

    /// The members that every record kept for a paper has.
    mutating func standing<Reading, Target>(_ record: Recorded<Reading, Target>) {
        member("id", record.id)
        member("status", record.status)
        member("revision", record.revision)
        name("set_by")
        value(json: record.setBy)
    }
}
