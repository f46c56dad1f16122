/// What of an answer was not kept, by the reason.
package struct DroppedRecords: Sendable, Hashable {
    /// Records whose fields do not have the form or the words that they take.
    package var malformed = 0
    /// Records whose evidence does not stand letter for letter in the paper.
    package var withoutEvidence = 0
    /// Records whose value, name or address does not stand in their evidence.
    package var withoutValue = 0
    /// Fields of kept records that name something that does not stand in the paper: they were left out.
    package var fields = 0
    /// Records that say again what an earlier one says.
    package var repeated = 0

    /// Nothing was dropped.
    package init() {}

    /// All records that were not kept.
    package var records: Int { malformed + withoutEvidence + withoutValue + repeated }

    /// Adds up.
    package static func += (left: inout DroppedRecords, right: DroppedRecords) {
        left.malformed += right.malformed
        left.withoutEvidence += right.withoutEvidence
        left.withoutValue += right.withoutValue
        left.fields += right.fields
        left.repeated += right.repeated
    }
}
