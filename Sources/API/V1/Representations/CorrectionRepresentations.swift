package import Formats
import Registry

extension CorrectionState: JSONValue {}
extension CorrectionOperation: JSONValue {}
extension RecordType: JSONValue {}
extension RevisedType: JSONValue {}

extension Correction: JSONValue {
    /// Writes a correction as it stands in lists.
    package func write(to json: inout JSONWriter) {
        json.object { $0.members(of: self) }
    }
}

extension CorrectionReport: JSONValue {
    /// Writes a correction with the fields that it touches, and its history.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.members(of: correction)
            json.array("fields", of: fields) { json, field in
                json.member("field", field.name)
                json.member("base", field.base)
                json.member("current", field.current)
                json.member("proposed", field.proposed)
                json.member("conflicts", field.isConflict)
                json.member("detail", field.detail)
            }
            json.member("history", history)
        }
    }
}

extension CorrectionComment: JSONValue {
    /// Writes what somebody said.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id)
            json.member("author", author)
            json.member("text", text)
            json.member("created_at", createdAt)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func members(of correction: Correction) {
        member("id", correction.id)
        member("state", correction.state)
        member("revision", correction.revision)
        object("target") { json in
            json.member("type", correction.targetType)
            json.member("id", correction.targetID)
            json.member("slug", correction.targetSlug)
            json.member("paper_id", correction.paperID)
        }
        member("operation", correction.operation)
        member("patch", correction.patch)
        member("base_revision", correction.baseRevision)
        member("reason", correction.reason)
        member("source_url", correction.sourceURL)
        member("proposer", correction.proposer)
        member("created_at", correction.createdAt)
        member("seconded_by", correction.secondedBy)
        member("decided_by", correction.decidedBy)
        member("decided_at", correction.decidedAt)
        member("decision_reason", correction.decisionReason)
        member("reverts", correction.reverts)
        member("reverted_by", correction.revertedBy)
        member("log_position", correction.appliedAt)
        member("comment_count", correction.commentCount)
    }
}
