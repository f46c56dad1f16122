/// A paper as an importer reads it: the source of claims.
public struct Paper: Sendable, Hashable {
    /// The title as found.
    public var title: String
    /// The abstract as found.
    public var abstract: String
    /// What it is known by in the world; the registry finds a paper again by any of them.
    public var identifiers: [PaperIdentifier]
    /// When it was published.
    public var published: PublicationDate?
    /// Where a reader finds it.
    public var url: String?
    /// The label that the source gives it (`id` in JSON Lines).
    ///
    /// Not an identity: two files may both have a "1".
    public var label: String?

    /// Makes a paper; what is not given is empty.
    public init(
        title: String,
        abstract: String,
        identifiers: [PaperIdentifier] = [],
        published: PublicationDate? = nil,
        url: String? = nil,
        label: String? = nil
    ) {
        self.title = title
        self.abstract = abstract
        self.identifiers = identifiers
        self.published = published
        self.url = url
        self.label = label
    }

    /// Takes the address at which a reader finds the paper; one that says which paper it is, such as an arXiv page, is an
    /// identifier, too.
    ///
    /// Papers may share a project's page, so that any other address does not tell which paper it is.
    ///
    /// - Returns: `false` for what is no web address; nothing is taken then.
    @discardableResult
    public mutating func take(address: String) -> Bool {
        guard let identifier = PaperIdentifier(recognising: address) else { return false }
        url = address
        if identifier.scheme != .url, !identifiers.contains(identifier) { identifiers.append(identifier) }
        return true
    }

    /// The text that tells papers apart where no identifier does: title and abstract in lower case, with every run of
    /// white space as one space.
    ///
    /// Its SHA-256 is a paper's text hash.
    public var normalisedText: String {
        Self.folded(title) + "\n" + Self.folded(abstract)
    }

    private static func folded(_ text: String) -> String {
        // Most texts are ASCII, where bytes say the same as characters, for a tenth of the time.
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for word in text.utf8.split(whereSeparator: { $0 == 0x20 || (0x09...0x0d).contains($0) }) {
            if !bytes.isEmpty { bytes.append(0x20) }
            for byte in word { bytes.append((0x41...0x5a).contains(byte) ? byte | 0x20 : byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A day, month or year of publication; as exact as the source says.
public struct PublicationDate: Sendable, Hashable, CustomStringConvertible {
    /// 1800...2999.
    public let year: Int
    /// 1...12, where the source says it.
    public let month: Int?
    /// 1...31, where the source says it.
    public let day: Int?

    /// Reads the start of an ISO 8601 date or time: `2025`, `2025-09`, `2025-09-12`, `2025-09-12T10:00:00Z`.
    ///
    /// - Returns: `nil` for another form, a year outside 1800...2999, or a day that the month does not have.
    public init?(_ text: some StringProtocol) {
        let date = text.prefix { $0 != "T" && $0 != " " }
        let parts = date.split(separator: "-", omittingEmptySubsequences: false)
        let widths = [4, 2, 2]
        guard (1...3).contains(parts.count),
            zip(parts, widths).allSatisfy({ part, width in
                part.utf8.count == width && part.utf8.allSatisfy { (48...57).contains($0) }
            })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        let month = numbers.count > 1 ? numbers[1] : nil
        let day = numbers.count > 2 ? numbers[2] : nil
        guard (1800...2999).contains(numbers[0]), month.map({ (1...12).contains($0) }) ?? true else { return nil }
        if let month, let day, !(1...Self.days(inMonth: month, of: numbers[0])).contains(day) { return nil }
        self.year = numbers[0]
        self.month = month
        self.day = day
    }

    /// The ISO 8601 text, as exact as the date is.
    public var description: String {
        ([Self.padded(year, 4)] + [month, day].compactMap { $0 }.map { Self.padded($0, 2) }).joined(separator: "-")
    }

    /// The first day that the date can mean, as `YYYY-MM-DD`.
    public var firstDay: String {
        [Self.padded(year, 4), Self.padded(month ?? 1, 2), Self.padded(day ?? 1, 2)].joined(separator: "-")
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return switch month {
        case 2: isLeap ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
