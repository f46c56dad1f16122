import Claims

/// Tells what is behind a web address: by its host and path where they say it, else by the words before it.
enum LinkClassifier {
    /// The kind of a link, and the rule that said so.
    static func kind(of address: WebAddress, in abstract: Document) -> (kind: LinkKind, rule: String) {
        let path = address.path.lowercased()
        let words = wordsBefore(address, in: abstract)
        switch address.host {
        case "huggingface.co", "hf.co", "www.huggingface.co":
            if path.hasPrefix("/datasets/") { return (.data, "link.host") }
            if path.hasPrefix("/spaces/") || path.hasPrefix("/papers/") { return (.project, "link.host") }
            if words.contains(.dataWord) && !words.contains(.modelWord) { return (.data, "link.words") }
            return (.model, "link.host")
        case "github.com", "www.github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com":
            return repositoryKind(path: path, words: words)
        case "arxiv.org", "doi.org", "dx.doi.org", "openreview.net", "creativecommons.org", "www.apache.org":
            return (.other, "link.host")
        default: break
        }
        if dataHosts.contains(address.host) || path.contains("/dataset") { return (.data, "link.host") }
        if shorteners.contains(address.host), words.contains(.codeWord) { return (.code, "link.words") }
        if codeHosts.contains(address.host) {
            return words.contains(.dataWord) && !words.contains(.codeWord)
                ? (.data, "link.words") : (.code, "link.host")
        }
        if words.contains(.dataWord), !words.contains(.codeWord), !words.contains(.pageWord),
            !words.contains(.modelWord), !address.host.hasSuffix(".github.io")
        {
            return (.data, "link.words")
        }
        return (.project, "link.other-host")
    }

    private static let dataHosts: Set<String> = [
        "zenodo.org", "www.zenodo.org", "kaggle.com", "www.kaggle.com", "physionet.org", "data.mendeley.com",
        "figshare.com", "ieee-dataport.org", "dataverse.harvard.edu", "osf.io", "catalog.ldc.upenn.edu",
    ]
    private static let codeHosts: Set<String> = [
        "anonymous.4open.science", "colab.research.google.com", "git.io", "pypi.org", "sourceforge.net",
        "cran.r-project.org", "www.npmjs.com", "crates.io", "hub.docker.com", "gist.github.com",
    ]

    /// Hosts that say nothing of what is behind them.
    private static let shorteners: Set<String> = ["tinyurl.com", "bit.ly", "goo.gl", "t.co", "shorturl.at", "w3id.org"]

    private static func repositoryKind(path: String, words: WordClasses) -> (LinkKind, String) {
        if path.contains("awesome") || path.contains("paper-list") || path.contains("reading-list") {
            return (.list, "link.path")
        }
        if words.contains(.codeWord) { return (.code, "link.words") }
        if words.contains(.listWord) { return (.list, "link.words") }
        if words.contains(.pageWord) { return (.project, "link.words") }
        if words.contains(.dataWord) && !words.contains(.modelWord) { return (.data, "link.words") }
        return words.contains(.modelWord) ? (.model, "link.words") : (.code, "link.host")
    }

    /// How many tokens before an address say what it is.
    private static let reach = 24

    /// What the words before an address in its sentence say.
    ///
    /// The sentence before counts where there are hardly any ("The code is public: [URL]" split at a full stop).
    private static func wordsBefore(_ address: WebAddress, in abstract: Document) -> WordClasses {
        let end = abstract.firstToken(from: address.start)
        guard end > 0 else { return [] }
        var sentence = abstract.sentence(of: end - 1)
        let ofInterest: WordClasses = [
            .of(.codeWord), .of(.dataWord), .of(.modelWord), .of(.pageWord), .of(.listWord),
        ]
        for _ in 0..<2 {
            let start = max(abstract.sentences[sentence].lowerBound, end - reach)
            let words =
                start < end
                ? abstract.tokens[start..<end].reduce(into: WordClasses()) { $0.formUnion($1.allClasses) } : []
            let found = words.intersection(ofInterest)
            if !found.isEmpty || sentence == 0 || end - start > 3 { return found }
            sentence -= 1
        }
        return []
    }
}

extension Document {
    /// The first token that stands at or behind a place in the source.
    ///
    /// - Complexity: O(log n) in the tokens.
    func firstToken(from offset: Int) -> Int {
        tokens.partitioningIndex { text.sourceStart(of: Int($0.start)) >= offset }
    }
}

extension Token {
    /// What the lexicon says of the word and of the phrase that starts here.
    var allClasses: WordClasses { classes.union(phraseClasses) }
}
