import Claims

/// Finds URLs and install names.
///
/// Reads the source itself: normalising changes what addresses are made of (`~`, `--`, `_`).
enum LinkFinder {
    /// Finds the links, each once, in the order of the text.
    ///
    /// - Complexity: linear in the source.
    static func find(abstract: Document, source: UnsafeBufferPointer<UInt8>) -> [Link] {
        var links: [Link] = []
        var position = 0
        while let start = WebAddress.nextStart(in: source, from: position) {
            guard let address = WebAddress(source, at: start) else {
                position = start + 1
                continue
            }
            position = address.end
            let folded = address.url.lowercased()
            guard !links.contains(where: { $0.url.lowercased() == folded }) else { continue }
            let (kind, rule) = LinkClassifier.kind(of: address, in: abstract)
            links.append(
                Link(
                    url: address.url,
                    kind: kind,
                    evidence: .abstract(source, start..<address.end),
                    confidence: address.isJoined ? 0.9 : 0.99,
                    rules: [address.isJoined ? "link.joined" : "link.url", rule]
                )
            )
            if links.count >= maximumLinks { break }
        }
        appendInstallNames(of: abstract, source: source, to: &links)
        return links
    }

    /// Far over any abstract; bounds the look for one that is known already.
    private static let maximumLinks = 64

    /// "pip install NAME": a package URL (https://github.com/package-url/purl-spec), its name in lower case with hyphens.
    private static func appendInstallNames(
        of abstract: Document,
        source: UnsafeBufferPointer<UInt8>,
        to links: inout [Link]
    ) {
        let tokens = abstract.tokens
        for index in tokens.indices where tokens[index].has(.installCommand) {
            let name = index + Int(tokens[index].phraseLength)
            guard name < tokens.count, tokens[name].kind == .word, links.count < maximumLinks else { continue }
            let package = abstract.string(name).lowercased().replacing("_", with: "-")
            let url = "pkg:pypi/\(package)"
            guard !links.contains(where: { $0.url == url }) else { continue }
            let range = abstract.sourceRange(index..<(name + 1))
            links.append(
                Link(
                    url: url,
                    kind: .code,
                    evidence: .abstract(source, range),
                    confidence: 0.95,
                    rules: ["link.install"]
                )
            )
        }
    }
}

extension Evidence {
    /// Evidence in the abstract, of which `range` says the bytes: half-open, on character boundaries.
    static func abstract(_ source: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Evidence {
        Evidence(
            source: .abstract,
            start: range.lowerBound,
            end: range.upperBound,
            text: String(decoding: source[range], as: UTF8.self)
        )
    }
}
