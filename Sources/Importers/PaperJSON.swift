import Claims

/// Makes a paper of a JSON object.
///
/// `title` and `abstract` (or `summary`) have to be there; `id`, `published` (or `date`), `identifiers`, `arxiv_id`, `doi`
/// and `url` may be; anything else is passed over.
struct PaperJSON {
    private let limits: ImportLimits
    private var paper = Paper(title: "", abstract: "")
    private var summary: String?
    private var seen: Set<String> = []
    private var notes: [RecordDefect] = []
    /// The first array that is no field of a paper: perhaps the papers are in it.
    private var arrayName: String?

    private init(limits: ImportLimits) { self.limits = limits }

    /// Reads one record.
    ///
    /// - Parameters:
    ///   - bytes: the record, any bytes.
    ///   - limits: how much is taken.
    /// - Returns: the paper, and what had to be left out of it.
    /// - Throws: why there is no paper in it.
    static func read(
        _ bytes: UnsafeRawBufferPointer,
        limits: ImportLimits
    ) throws(RecordDefect) -> (paper: Paper, notes: [RecordDefect]) {
        if let offset = bytes.firstInvalidUTF8 {
            throw RecordDefect(
                kind: .encoding,
                what: "not valid UTF-8 at byte \(offset + 1) of the record",
                remedy: RecordDefect.encodingRemedy,
                lineOffset: bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
            )
        }
        var scanner = JSONScanner(bytes)
        let kind = try scanner.kind()
        guard kind == .object else {
            try scanner.skipValue()
            try scanner.finish()
            throw RecordDefect(
                kind: .shape,
                what: "\(kind.rawValue) where an object with \"title\" and \"abstract\" is expected"
            )
        }
        var reader = Self(limits: limits)
        try scanner.members { scanner, name throws(RecordDefect) in try reader.member(name, &scanner) }
        try scanner.finish()
        return try reader.finished()
    }

    private mutating func member(_ name: String, _ scanner: inout JSONScanner) throws(RecordDefect) {
        switch name {
        case "title", "abstract", "summary", "id", "published", "date", "identifiers", "arxiv_id", "doi", "url":
            guard seen.insert(name).inserted else {
                throw RecordDefect(kind: .shape, what: "\"\(name)\" stands twice in the object")
            }
        default:
            if try scanner.kind() == .array { arrayName = arrayName ?? name }
            return try scanner.skipValue()
        }
        if try scanner.kind() == .null { return try scanner.skipValue() }
        switch name {
        case "title": paper.title = try RecordDefect.title(text(name, &scanner, limit: limits.titleBytes))
        case "abstract": paper.abstract = PaperText.abstract(try text(name, &scanner, limit: limits.abstractBytes))
        case "summary": summary = PaperText.abstract(try text(name, &scanner, limit: limits.abstractBytes))
        case "identifiers": try identifiers(&scanner)
        default: try field(name, textOrNumber(name, &scanner))
        }
    }

    private mutating func field(_ name: String, _ value: String) throws(RecordDefect) {
        guard !value.isEmpty else { return }
        switch name {
        case "id":
            paper.label = value
            if let identifier = PaperIdentifier(recognising: value) { add(identifier) }
        case "arxiv_id": add(PaperIdentifier(scheme: .arxiv, value: value), from: name, value)
        case "doi": add(PaperIdentifier(scheme: .doi, value: value), from: name, value)
        case "url":
            if !paper.take(address: value) { leaveOut(name, value, "is not a web address") }
        default:
            paper.published = paper.published ?? PublicationDate(value)
            if paper.published == nil { leaveOut(name, value, "is not a date", "Write dates as 2025-09-12.") }
        }
    }

    private mutating func identifiers(_ scanner: inout JSONScanner) throws(RecordDefect) {
        switch try scanner.kind() {
        case .array:
            try scanner.elements { scanner throws(RecordDefect) in
                let value = try text("identifiers", &scanner, limit: limits.labelBytes)
                add(PaperIdentifier(recognising: value), from: "identifiers", value)
            }
        case .object:
            try scanner.members { scanner, scheme throws(RecordDefect) in
                if try scanner.kind() == .null { return try scanner.skipValue() }
                let value = try textOrNumber("identifiers", &scanner)
                if let scheme = PaperIdentifier.Scheme(rawValue: scheme) {
                    add(PaperIdentifier(scheme: scheme, value: value), from: scheme.rawValue, value)
                } else if let identifier = PaperIdentifier(recognising: value) {
                    add(identifier)
                }
            }
        case let kind: throw Self.wrongType("identifiers", kind, expected: "an object or an array of strings")
        }
    }

    private mutating func add(_ identifier: PaperIdentifier?, from name: String, _ value: String) {
        guard let identifier else { return leaveOut(name, value, "is not an identifier of that kind") }
        add(identifier)
    }

    private mutating func add(_ identifier: PaperIdentifier) {
        if !paper.identifiers.contains(identifier) { paper.identifiers.append(identifier) }
    }

    private mutating func leaveOut(_ name: String, _ value: String, _ why: String, _ remedy: String? = nil) {
        notes.append(
            RecordDefect(kind: .shape, what: "\"\(name)\" was left out: “\(value.excerpt)” \(why)", remedy: remedy)
        )
    }

    private func textOrNumber(_ name: String, _ scanner: inout JSONScanner) throws(RecordDefect) -> String {
        try scanner.kind() == .number ? scanner.number() : text(name, &scanner, limit: limits.labelBytes)
    }

    private func text(_ name: String, _ scanner: inout JSONScanner, limit: Int) throws(RecordDefect) -> String {
        let kind = try scanner.kind()
        guard kind == .string else { throw Self.wrongType(name, kind, expected: "a string") }
        let text = try scanner.string()
        try RecordDefect.check(text, name, limit: limit)
        return text
    }

    private func finished() throws(RecordDefect) -> (paper: Paper, notes: [RecordDefect]) {
        var paper = paper
        if paper == Paper(title: "", abstract: ""), summary == nil, let arrayName {
            throw RecordDefect(
                kind: .shape,
                what: "the object is no paper, but holds an array, “\(arrayName.excerpt)”",
                remedy: "Give the array alone, or its objects one a line."
            )
        }
        if paper.abstract.isBlank { paper.abstract = summary ?? "" }
        guard !paper.title.isBlank else {
            throw RecordDefect(kind: .shape, what: "the title is missing", remedy: "Give it as \"title\".")
        }
        guard !paper.abstract.isBlank else {
            throw RecordDefect(
                kind: .shape,
                what: "the abstract is missing",
                remedy: "Give it as \"abstract\" or \"summary\"."
            )
        }
        return (paper, notes)
    }

    private static func wrongType(_ name: String, _ kind: JSONScanner.ValueKind, expected: String) -> RecordDefect {
        RecordDefect(kind: .shape, what: "\"\(name)\" is \(kind.rawValue), not \(expected)")
    }
}
