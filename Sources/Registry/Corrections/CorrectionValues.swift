package import Formats

/// What a correction does to its target.
package enum CorrectionOperation: String, Sendable, Hashable, CaseIterable {
    /// Makes a record.
    case create
    /// Changes fields.
    case update
    /// Takes a record back: it stays to be seen, and counts no more.
    case retract
    /// Makes a retired or retracted record count again.
    case restore
    /// Makes a benchmark, metric or model one with another.
    case merge
    /// Undoes a merge; comes from reverting only.
    case split
    /// Adds names that a benchmark, metric or model goes by.
    case alias
    /// Undoes an alias; comes from reverting only.
    case unalias

    /// Those that can be proposed; the others come from reverting.
    package static let proposable: [CorrectionOperation] = [.create, .update, .retract, .restore, .merge, .alias]

    /// What undoes it.
    var inverse: CorrectionOperation {
        switch self {
        case .create, .restore: .retract
        case .update: .update
        case .retract: .restore
        case .merge: .split
        case .split: .merge
        case .alias: .unalias
        case .unalias: .alias
        }
    }

    /// The operations of which one account may make only so many an hour before a second reviewer is asked.
    static let grave: [CorrectionOperation] = [.retract, .merge]
}

/// Where a correction stands.
package enum CorrectionState: String, Sendable, Hashable, CaseIterable {
    /// Waits for a reviewer.
    case open
    /// Was applied.
    case accepted
    /// Was turned down.
    case rejected
    /// Was taken back by its proposer.
    case withdrawn
    /// Its target moved on meanwhile, in the fields that it touches, or it does not fit any more; its proposer can rebase it.
    case conflicted
}

/// Which record a correction is about.
package enum CorrectionTarget: Sendable, Hashable {
    /// One that there is, by its id.
    case id(RecordType, Int64)
    /// A benchmark, metric or model, by its slug or any of its names.
    case name(RecordType, String)
    /// One that is to be made.
    case new(RecordType)

    /// The kind of record.
    package var type: RecordType {
        switch self {
        case .id(let type, _), .name(let type, _), .new(let type): type
        }
    }
}

/// A correction as it is proposed.
package struct CorrectionDraft: Sendable {
    package var target: CorrectionTarget
    package var operation: CorrectionOperation
    /// JSON Merge Patch over the target's correctable fields.
    package var patch: JSONNode
    /// Why, 1...2000 characters.
    package var reason: String
    /// Where it can be looked up, `http` or `https`.
    package var sourceURL: String?
    /// The revision that the proposer has seen; `nil` for the newest.
    package var baseRevision: Int?

    /// Makes a draft.
    package init(
        _ operation: CorrectionOperation,
        _ target: CorrectionTarget,
        patch: JSONNode = .object([]),
        reason: String,
        sourceURL: String? = nil,
        baseRevision: Int? = nil
    ) {
        self.operation = operation
        self.target = target
        self.patch = patch
        self.reason = reason
        self.sourceURL = sourceURL
        self.baseRevision = baseRevision
    }
}

/// A correction as the registry keeps it.
package struct Correction: Sendable {
    package var id: Int64
    package var targetType: RecordType
    /// `nil` for a record that is yet to be made.
    package var targetID: Int64?
    /// The slug of a target that has one.
    package var targetSlug: String?
    /// The paper that the target was read from.
    package var paperID: Int64?
    package var operation: CorrectionOperation
    package var patch: JSONNode
    package var baseRevision: Int?
    package var reason: String
    package var sourceURL: String?
    package var state: CorrectionState
    package var proposer: String
    /// Who accepted it first, where it takes two.
    package var secondedBy: String?
    package var decidedBy: String?
    package var decisionReason: String?
    /// The correction that this one takes back.
    package var reverts: Int64?
    /// The correction that takes this one back, or would.
    package var revertedBy: Int64?
    /// The log entry that tells of its application.
    package var appliedAt: Int64?
    /// The number of the newest revision of the correction itself.
    package var revision: Int
    /// In UTC (RFC 3339, microseconds), as the time below.
    package var createdAt: String
    package var decidedAt: String?
    package var commentCount: Int

    /// The fields that it touches as they were at the base, object by field.
    var base: JSONNode
    /// The same just before it was applied.
    var before: JSONNode?
    var beforeSetBy: JSONNode?
    /// The same just after.
    var after: JSONNode?
    var proposerID: Int64
    var secondedByID: Int64?
    /// What it was found not to fit by, as long as it is conflicted.
    var conflicts: [CorrectionConflict] = []
}

/// One field that a correction touches.
package struct CorrectedField: Sendable, Equatable {
    package var name: String
    /// As the proposer saw it or, of a correction that was applied, just before that.
    package var base: JSONNode
    /// As it is now; `nil` where the record is not there yet.
    package var current: JSONNode?
    /// As the correction wants it or, of one that was applied, as it made it.
    package var proposed: JSONNode
    /// Whether somebody else has changed it meanwhile, to something else than what is proposed.
    package var isConflict: Bool
    /// Why it conflicts, where that is not told by the values.
    package var detail: String?
}

/// What keeps a correction from being applied, beside fields that others have changed.
struct CorrectionConflict: Sendable, Hashable {
    var field: String
    var detail: String
}

/// A correction with all that a reviewer wants to see.
package struct CorrectionReport: Sendable {
    package var correction: Correction
    package var fields: [CorrectedField]
    /// The states that the correction has had, the first one first.
    package var history: [Revision]
}

/// What somebody says about a correction.
package struct CorrectionComment: Sendable, Hashable {
    package var id: Int64
    package var author: String
    package var text: String
    /// In UTC (RFC 3339, microseconds).
    package var createdAt: String
}

/// One thing that is wrong with a proposed correction.
package struct CorrectionFault: Error, Sendable, Hashable {
    /// A JSON Pointer into the correction: `/patch/value`, `/target`.
    package var pointer: String
    /// What is wrong and what is expected, for people.
    package var detail: String

    /// Makes a fault.
    package init(_ pointer: String, _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }
}

/// A correction that cannot be taken as it is; nothing was written.
package struct CorrectionRefused: Error, Sendable, Hashable, CustomStringConvertible {
    /// All that is wrong, at least one.
    package let faults: [CorrectionFault]

    package var description: String {
        faults.map { "\($0.pointer): \($0.detail)" }.joined(separator: "\n")
    }
}
