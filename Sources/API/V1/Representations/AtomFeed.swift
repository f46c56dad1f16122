import Crypto
import Formats
import Registry

/// Changes as an Atom feed ([RFC 4287](https://www.rfc-editor.org/rfc/rfc4287)).
struct AtomFeed {
    /// An IRI that stays the same for ever.
    var id: String
    var title: String
    /// Where the feed is.
    var address: String
    /// The page for people about the same.
    var page: String
    /// The newest first.
    var changes: [Change]
    /// What addresses start with.
    var baseURL: String

    /// The XML.
    var text: String {
        var xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
        xml += "<id>\(id)</id>\n<title>\(XMLText.escaped(title))</title>\n"
        // An empty feed has not changed since there are feeds.
        xml += "<updated>\(changes.first?.at ?? "1970-01-01T00:00:00Z")</updated>\n"
        xml += "<generator>Claimboard</generator>\n<author><name>Claimboard</name></author>\n"
        xml += "<link rel=\"self\" type=\"application/atom+xml\" href=\"\(XMLText.escaped(address))\"/>\n"
        xml += "<link rel=\"alternate\" type=\"text/html\" href=\"\(XMLText.escaped(page))\"/>\n"
        for change in changes { xml += entry(change) }
        return xml + "</feed>\n"
    }

    private func entry(_ change: Change) -> String {
        var xml = "<entry>\n<id>\(Self.identifier(of: "entry " + change.hash))</id>\n"
        xml += "<title>\(XMLText.escaped(Self.title(of: change)))</title>\n"
        xml += "<updated>\(change.at)</updated>\n<published>\(change.at)</published>\n"
        xml += "<author><name>\(XMLText.escaped(change.actor))</name></author>\n"
        xml += "<link rel=\"alternate\" href=\"\(XMLText.escaped(baseURL + Self.place(of: change)))\"/>\n"
        for record in change.records where record.type == .correction {
            xml += "<link rel=\"related\" href=\"\(XMLText.escaped(baseURL))/v1/corrections/\(record.id)\"/>\n"
        }
        xml += "<category term=\"\(XMLText.escaped(change.kind))\"/>\n"
        return xml + "<content type=\"text\">\(XMLText.escaped(Self.text(of: change)))</content>\n</entry>\n"
    }

    /// What happened, in words for people, and to what.
    static func title(of change: Change) -> String {
        let words = action(change.kind)
        if let paper = change.paper { return "\(words): \(paper.title)" }
        // What was corrected comes before the correction.
        let record = change.records.first { $0.type != .correction } ?? change.records.first
        guard let record, let summary = record.summary else { return words }
        return "\(words): \(record.type.words) \(summary)"
    }

    /// A kind of entry in words: `correction.accepted` becomes `Correction accepted`.
    private static func action(_ kind: String) -> String {
        switch kind {
        case "paper.created": return "New paper"
        case "paper.updated": return "Paper changed"
        default:
            let words = kind.replacing(".", with: " ").replacing("_", with: " ")
            return words.prefix(1).uppercased() + words.dropFirst()
        }
    }

    /// Where to read on: the paper's page, else the record that was changed, else the log.
    private static func place(of change: Change) -> String {
        if let paper = change.paper { return "/papers/\(paper.id)" }
        if let record = change.records.first(where: { $0.type != .correction }) {
            return "/v1/records/\(record.type.rawValue)/\(record.id)/revisions"
        }
        if let record = change.records.first { return "/v1/corrections/\(record.id)" }
        return "/v1/log?after=\(change.position - 1)&limit=1"
    }

    /// The reason, and what changed, a line each.
    private static func text(of change: Change) -> String {
        let shown = change.records.prefix(50).map { record in
            "\(record.type.words) \(record.id), revision \(record.revision)" + (record.summary.map { ": \($0)" } ?? "")
        }
        let rest = change.records.count - shown.count
        let lines = [change.reason].compactMap(\.self) + shown + (rest > 0 ? ["and \(rest) more"] : [])
        return lines.joined(separator: "\n")
    }

    /// A URN that follows from a text alone: a UUID of version 8 (RFC 9562) from its SHA-256.
    static func identifier(of text: String) -> String {
        var bytes = Array(SHA256.hash(data: Array(text.utf8)).prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let groups = [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
        return "urn:uuid:" + groups.map { $0.joined() }.joined(separator: "-")
    }
}

extension RevisedType {
    /// The type in words for people.
    fileprivate var words: String { rawValue.replacing("_", with: " ") }
}
