/// Something that an importer could not take as it is: where it is, what is wrong, what to do about it.
package struct ImportProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of problem it is.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The source cannot be opened, or reading failed.
        case unreadable
        /// The source is empty, or there is no paper in it.
        case empty
        /// The source is of a kind that is not read: a folder, a PDF, a picture, an archive.
        case unsupported
        /// The text is not UTF-8, or holds NUL characters.
        case encoding
        /// Compressed data that is damaged or cut short.
        case compression
        /// A record, or a part of it, is over its limit.
        case tooLong = "too_long"
        /// Not well-formed JSON.
        case syntax
        /// Well formed, but not a paper: a field is missing, stands twice or has the wrong type.
        case shape
        /// The source changed while it was read.
        case changed
    }

    /// What it means for the import.
    package enum Severity: String, Sendable, Hashable {
        /// The paper was taken, without the part that the problem is about.
        case note
        /// The record was left out; the next one follows.
        case refused
        /// Nothing more is read from the source.
        case fatal
    }

    /// The source's name: a path, or `standard input`.
    package var source: String
    /// The line where the record starts, or where the error is if that is known, from 1; `nil` for the whole source.
    package var line: Int?
    /// What kind of problem it is.
    package var kind: Kind
    /// What it means for the import.
    package var severity: Severity
    /// What is wrong, as a part of a sentence.
    package var what: String
    /// What to do about it, as a sentence; `nil` where that is plain.
    package var remedy: String?

    /// All in one line.
    ///
    /// Such as `papers.jsonl:17: the abstract is missing. Give it as "abstract" or "summary".`
    package var description: String {
        let place = line.map { "\(source):\($0)" } ?? source
        return "\(place): \(what)." + (remedy.map { " " + $0 } ?? "")
    }
}

/// What is wrong with one record, for its reader to say where.
struct RecordDefect: Error, Equatable {
    var kind: ImportProblem.Kind
    var what: String
    var remedy: String?
    /// Line breaks between the start of the record and the place of the defect.
    var lineOffset = 0

    func problem(in source: String, line: Int, severity: ImportProblem.Severity = .refused) -> ImportProblem {
        ImportProblem(
            source: source,
            line: line + lineOffset,
            kind: kind,
            severity: severity,
            what: what,
            remedy: remedy
        )
    }
}
