/// The form of web addresses that the contract asks for by a pattern.
enum WebAddress {
    /// `http` or `https`, a host of at least two labels, perhaps a port, and printable ASCII after it.
    static func isWellFormed(_ text: some StringProtocol) -> Bool {
        guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else { return false }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }.split(separator: ":", omittingEmptySubsequences: false)
        let labels = authority[0].split(separator: ".", omittingEmptySubsequences: false)
        let isPort = authority.count == 1 || authority.count == 2 && isDigits(authority[1])
        return isPort && labels.count >= 2 && labels.allSatisfy { isLabel($0.utf8) }
            && rest.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    private static func isLabel(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 0x20) || $0 == UInt8(ascii: "-") }
    }
}
