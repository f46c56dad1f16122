package import Claims

extension JSONWriter {
    /// Writes what an extractor read from one paper, as one object: the fields of the annotation guide, all of them
    /// always there, each record with the place and words it came from and how sure it is.
    ///
    /// Offsets are UTF-8 bytes in the text that `evidence_in` names, half-open.
    ///
    /// - Parameters:
    ///   - records: what was read.
    ///   - id: the label that the source gives the paper.
    ///   - extractor: what read it.
    ///   - explains: whether each record lists the rules that made it.
    package mutating func value(
        _ records: ExtractedRecords,
        id: String?,
        extractor: ExtractorVersion,
        explains: Bool = false
    ) {
        object { json in
            json.member("id", id)
            json.member("extractor", extractor.description)
            json.members(of: records, explains: explains)
        }
    }

    /// Writes the five lists of records into an open object.
    ///
    /// - Parameters:
    ///   - records: what was read.
    ///   - explains: whether each record lists the rules that made it.
    package mutating func members(of records: ExtractedRecords, explains: Bool) {
        array("benchmarks", of: records.benchmarks) { $0.members(of: $1, explains: explains) }
        array("results", of: records.claims) { $0.members(of: $1, explains: explains) }
        array("sota", of: records.sotaClaims) { $0.members(of: $1, explains: explains) }
        array("model_sizes", of: records.modelSizes) { $0.members(of: $1, explains: explains) }
        array("links", of: records.links) { $0.members(of: $1, explains: explains) }
    }

    private mutating func members(of benchmark: BenchmarkMention, explains: Bool) {
        member("name", benchmark.name)
        member("full_name", benchmark.fullName)
        member("role", benchmark.role)
        array("counts", of: benchmark.counts) { json, count in
            json.member("count", count.count)
            json.member("of", count.of)
        }
        origin(benchmark.evidence, benchmark.confidence, explains ? benchmark.rules : nil)
    }

    private mutating func members(of claim: ExtractedClaim, explains: Bool) {
        member("value", claim.value)
        member("value_high", claim.valueHigh)
        member("unit", claim.unit)
        member("kind", claim.kind)
        member("relative", claim.relative)
        member("bound", claim.bound)
        member("metric", claim.metric)
        member("benchmarks", claim.benchmarks)
        member("aggregate", claim.aggregate)
        member("subject", claim.subject)
        member("baseline", claim.baseline)
        origin(claim.evidence, claim.confidence, explains ? claim.rules : nil)
    }

    private mutating func members(of statement: SOTAClaim, explains: Bool) {
        member("strength", statement.strength)
        member("subject", statement.subject)
        member("benchmarks", statement.benchmarks)
        origin(statement.evidence, statement.confidence, explains ? statement.rules : nil)
    }

    private mutating func members(of size: ModelSize, explains: Bool) {
        member("model", size.model)
        member("parameters", size.parameters)
        member("parameters_high", size.parametersHigh)
        member("bound", size.bound)
        origin(size.evidence, size.confidence, explains ? size.rules : nil)
    }

    private mutating func members(of link: Link, explains: Bool) {
        member("url", link.url)
        member("kind", link.kind)
        origin(link.evidence, link.confidence, explains ? link.rules : nil)
    }

    private mutating func origin(_ evidence: Evidence, _ confidence: Double, _ rules: [String]?) {
        member("evidence", evidence.text)
        member("evidence_in", evidence.source)
        member("evidence_start", evidence.start)
        member("evidence_end", evidence.end)
        member("confidence", confidence)
        if let rules { member("rules", rules) }
    }
}
