/// One state of one record.
///
/// Revisions are never changed or deleted.
package struct Revision: Sendable, Hashable {
    /// 1 for the first state of a record, then one more each time.
    package var number: Int
    /// The record's fields as JSON, with the keys in one order.
    package var state: String
    /// What differs from the state before, field by field: a JSON array of `{"field", "from", "to"}` in the order of the
    /// fields' names; `nil` for the first state.
    package var diff: String?
    /// Who brought the record into this state: an extractor (`rules/1.0.0`) or an account.
    package var author: String
    package var reason: String
    /// When, in UTC (RFC 3339, microseconds).
    package var createdAt: String
    /// The log entry that tells of it.
    package var logPosition: Int64
}

/// The kinds of records that have revisions, by the names that the log has for them.
package enum RevisedType: String, Sendable, Hashable, CaseIterable {
    case paper
    case claim
    case sotaClaim = "sota_claim"
    case modelSize = "model_size"
    case link
    case paperBenchmark = "paper_benchmark"
    case benchmark
    case metric
    case model
    case correction
}

/// The kinds of records that can be corrected: all that have revisions, but corrections.
package enum RecordType: String, Sendable, Hashable, CaseIterable {
    case paper
    case claim
    case sotaClaim = "sota_claim"
    case modelSize = "model_size"
    case link
    case paperBenchmark = "paper_benchmark"
    case benchmark
    case metric
    case model
}
