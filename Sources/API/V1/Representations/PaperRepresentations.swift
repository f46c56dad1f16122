import Claims
package import Formats
import Registry

extension PaperIdentifier: JSONValue {
    /// Writes scheme and value in one word.
    package func write(to json: inout JSONWriter) { json.value(description) }
}

extension PaperSummary: JSONValue {
    /// Writes a paper as it stands in lists.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", paper.id)
            json.member("title", paper.title)
            json.member("published", paper.published)
            json.member("url", paper.url)
            json.member("identifiers", identifiers)
            json.member("claim_count", claimCount)
            json.member("created_at", createdAt)
            json.member("status", status)
        }
    }
}

extension PaperRecord: JSONValue {
    /// Writes a paper with all that was read from it.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("title", paper.title)
            json.member("abstract", paper.abstract)
            json.member("published", paper.published)
            json.member("url", paper.url)
            json.member("identifiers", paper.identifiers)
            json.member("extractor", extractor.description)
            json.member("extracted_at", extractedAt)
            json.member("created_at", createdAt)
            json.member("revision", revision)
            json.member("status", status)
            json.name("set_by")
            json.value(json: setBy)
            json.member("claims", claims)
            json.array("benchmarks", of: benchmarks) { json, record in json.benchmark(record) }
            json.array("sota_claims", of: sotaClaims) { json, record in json.statement(record) }
            json.array("model_sizes", of: modelSizes) { json, record in json.size(record) }
            json.array("links", of: links) { json, record in json.link(record) }
        }
    }
}

extension JSONWriter {
    fileprivate mutating func benchmark(_ record: Recorded<BenchmarkMention, BenchmarkReference>) {
        standing(record)
        member("benchmark", record.target)
        member("name", record.reading.name)
        member("full_name", record.reading.fullName)
        member("role", record.reading.role)
        array("counts", of: record.reading.counts) { json, count in
            json.member("count", count.count)
            json.member("of", count.of)
        }
        origin(record.reading.evidence, record.reading.confidence)
    }

    fileprivate mutating func statement(_ record: Recorded<SOTAClaim, ModelReference>) {
        standing(record)
        member("strength", record.reading.strength)
        member("model", record.target)
        member("subject", record.reading.subject)
        member("benchmarks_printed", record.reading.benchmarks)
        origin(record.reading.evidence, record.reading.confidence)
    }

    fileprivate mutating func size(_ record: Recorded<ModelSize, ModelReference>) {
        standing(record)
        member("model", record.target)
        member("model_printed", record.reading.model)
        member("parameters", record.reading.parameters)
        member("parameters_high", record.reading.parametersHigh)
        member("bound", record.reading.bound)
        origin(record.reading.evidence, record.reading.confidence)
    }

    fileprivate mutating func link(_ record: Recorded<Link, Never>) {
        standing(record)
        member("url", record.reading.url)
        member("kind", record.reading.kind)
        origin(record.reading.evidence, record.reading.confidence)
    }
}

extension IngestOutcome {
    /// The word for what was done.
    var word: String {
        switch result {
        case .created: "created"
        case .unchanged: "unchanged"
        case .updated: "updated"
        case .refused: "refused"
        }
    }
}

extension RecordCounts: JSONValue {
    /// Writes how many records of each kind there are.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("claims", claims)
            json.member("benchmarks", benchmarks)
            json.member("sota_claims", sotaClaims)
            json.member("model_sizes", modelSizes)
            json.member("links", links)
        }
    }
}
