package import Claims
package import Formats

extension JSONWriter {
    /// Writes one paper's records as the first reader has them, and the second reader's part as the member
    /// `second_reader`: what only it found, where both differ, what of its answer was not kept, or why there is none.
    ///
    /// - Parameters:
    ///   - combined: both readings.
    ///   - second: what became of the second reading.
    ///   - id: the label that the source gives the paper.
    ///   - extractors: what read the paper, first and second.
    ///   - explains: whether each record lists the rules that made it.
    package mutating func value(
        _ combined: CombinedReading,
        second: ModelReader.Outcome,
        id: String?,
        extractors: (first: ExtractorVersion, second: ExtractorVersion),
        explains: Bool
    ) {
        object { json in
            json.member("id", id)
            json.member("extractor", extractors.first.description)
            json.members(of: combined.records, explains: explains)
            json.object("second_reader") { json in
                json.member("extractor", extractors.second.description)
                switch second {
                case .success(let reading):
                    json.member("problem", nil as String?)
                    json.members(of: combined.onlySecond, explains: explains)
                    json.array("disagreements", of: combined.disagreements) { $0.members(of: $1) }
                    json.object("dropped") { $0.members(of: reading.dropped) }
                case .failure(let error):
                    json.member("problem", error.description)
                }
            }
        }
    }

    private mutating func members(of disagreement: Disagreement) {
        member("list", disagreement.list)
        member("index", disagreement.index)
        member("field", disagreement.difference.field)
        member("first", disagreement.difference.first)
        member("second", disagreement.difference.second)
    }

    private mutating func members(of dropped: DroppedRecords) {
        member("malformed", dropped.malformed)
        member("without_evidence", dropped.withoutEvidence)
        member("without_value", dropped.withoutValue)
        member("repeated", dropped.repeated)
        member("fields", dropped.fields)
    }
}
