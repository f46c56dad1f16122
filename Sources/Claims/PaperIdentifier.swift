/// A name that a paper has in the world, in one normal form.
public struct PaperIdentifier: Sendable, Hashable, CustomStringConvertible {
    /// Who gives the name.
    public enum Scheme: String, Sendable, Hashable, CaseIterable {
        case arxiv
        case doi
        case openreview
        case acl
        case pmid
        case url
    }

    /// Who gives the name.
    public let scheme: Scheme
    /// The name in normal form: arXiv ids without version, DOIs in lower case without resolver, URLs without fragment
    /// and trailing slash.
    public let value: String

    /// Makes an identifier of a known scheme.
    ///
    /// - Returns: `nil` when the value does not have the scheme's form.
    public init?(scheme: Scheme, value: some StringProtocol) {
        let bare = String(value).trimmingSpaces()
        let normal: String? =
            switch scheme {
            case .arxiv: Self.arxiv(bare)
            case .doi: Self.doi(bare)
            case .openreview, .acl: bare.isEmpty || bare.contains(" ") ? nil : bare
            case .pmid: !bare.isEmpty && bare.utf8.allSatisfy({ (48...57).contains($0) }) ? bare : nil
            case .url: Self.webAddress(bare)
            }
        guard let normal, normal.utf8.count <= Self.maximumLength else { return nil }
        self.scheme = scheme
        self.value = normal
    }

    /// Finds out what an identifier is by its form: an arXiv id or address, a DOI or its resolver's address, an
    /// OpenReview or ACL Anthology address, any other web address.
    ///
    /// - Returns: `nil` for what has none of these forms.
    public init?(recognising text: some StringProtocol) {
        let bare = String(text).trimmingSpaces()
        if let id = Self(scheme: .arxiv, value: bare) ?? Self(scheme: .doi, value: bare) {
            self = id
            return
        }
        guard let address = Self.webAddress(bare) else { return nil }
        let path = address.split(separator: "/", maxSplits: 2).dropFirst(2).first.map(String.init) ?? ""
        let host = address.split(separator: "/", maxSplits: 2).dropFirst().first.map(String.init) ?? ""
        switch host {
        case "openreview.net":
            guard let start = path.firstRange(of: "id=") else { break }
            let id = path[start.upperBound...].prefix { $0 != "&" }
            if let known = Self(scheme: .openreview, value: id) {
                self = known
                return
            }
        case "aclanthology.org", "www.aclanthology.org":
            let id = path.hasSuffix(".pdf") ? path.dropLast(4) : Substring(path)
            if let known = Self(scheme: .acl, value: id), !id.contains("/") {
                self = known
                return
            }
        default: break
        }
        guard let known = Self(scheme: .url, value: address) else { return nil }
        self = known
    }

    /// Scheme and value in one word: `arxiv:2509.01234`.
    public var description: String { "\(scheme.rawValue):\(value)" }

    /// The longest identifier kept: the longest URL that browsers and servers agree on.
    public static let maximumLength = 2048
}

extension PaperIdentifier {
    /// `2509.01234`, `2509.01234v2`, `cs/0112017`, with `arXiv:` or an arxiv.org address before it.
    private static func arxiv(_ text: String) -> String? {
        var rest = Substring(text)
        let lower = text.lowercased()
        for prefix in ["arxiv:", "https://", "http://"] where lower.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
        }
        if rest.lowercased().hasPrefix("www.") { rest = rest.dropFirst(4) }
        if rest.lowercased().hasPrefix("arxiv.org/") {
            rest = rest.dropFirst("arxiv.org/".count)
            guard let slash = rest.firstIndex(of: "/"), ["abs", "pdf", "html"].contains(rest[..<slash]) else {
                return nil
            }
            rest = rest[slash...].dropFirst()
            if rest.hasSuffix(".pdf") { rest = rest.dropLast(4) }
        }
        if let version = rest.lastIndex(of: "v"), version > rest.startIndex, isDigits(rest[version...].dropFirst()) {
            rest = rest[..<version]
        }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].utf8.count == 4, isDigits(parts[0]), (4...5).contains(parts[1].utf8.count),
            isDigits(parts[1])
        {
            return String(rest)
        }
        let old = rest.split(separator: "/", omittingEmptySubsequences: false)
        if old.count == 2, old[1].utf8.count == 7, isDigits(old[1]), !old[0].isEmpty,
            old[0].utf8.allSatisfy({ isLetter($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
        {
            return rest.lowercased()
        }
        return nil
    }

    private static func doi(_ text: String) -> String? {
        var rest = text.lowercased()
        for prefix in ["https://", "http://", "dx.doi.org/", "doi.org/", "doi:"] where rest.hasPrefix(prefix) {
            rest.removeFirst(prefix.count)
        }
        rest = rest.trimmingSpaces()
        guard rest.hasPrefix("10."), let slash = rest.firstIndex(of: "/"), !rest.contains(" ") else { return nil }
        let registrant = rest[..<slash].dropFirst(3)
        guard (4...9).contains(registrant.utf8.count), registrant.utf8.allSatisfy({ isDigit($0) || $0 == 46 }),
            rest.index(after: slash) < rest.endIndex
        else { return nil }
        return rest
    }

    private static func webAddress(_ text: String) -> String? {
        guard let colon = text.firstRange(of: "://"), !text.contains(where: \.isWhitespace) else { return nil }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[colon.upperBound...].prefix { $0 != "#" }
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty, host.contains(".") || host.hasPrefix("localhost") else { return nil }
        var address = scheme + "://" + host.lowercased() + rest.dropFirst(host.count)
        while address.hasSuffix("/") { address.removeLast() }
        return address
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

    private static func isDigits(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isDigit) }
}

extension String {
    /// The string without white space at its ends.
    package func trimmingSpaces() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
