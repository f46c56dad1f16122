import Claims
internal import Crypto

/// A paper that has passed the checks, with what the registry finds it by.
struct PreparedPaper: Sendable {
    /// Its place in the caller's list.
    var place: Int
    var input: IngestPaper
    /// SHA-256 of the paper's normalised text.
    var textHash: [UInt8]
    /// Each once.
    var identifiers: [PaperIdentifier]
    /// The hash of the text that it came with, where another one is to be written.
    var formerHash: [UInt8]?
    /// Whether the stored text and the records read from it stay, because it came with a text that the paper had before.
    var keepsReading = false
    /// Whether people have set the paper's identifiers, so that none is added.
    var hasFixedIdentifiers = false

    /// Prepares a paper.
    init(place: Int, input: IngestPaper) {
        self.place = place
        self.input = input
        self.input.records = input.records.withoutNamelessBenchmarks
        self.textHash = Self.textHash(of: input.paper)
        var seen: Set<PaperIdentifier> = []
        self.identifiers = input.paper.identifiers.filter { seen.insert($0).inserted }
    }

    /// SHA-256 of a paper's normalised text.
    static func textHash(of paper: Paper) -> [UInt8] {
        Array(SHA256.hash(data: Array(paper.normalisedText.utf8)))
    }

    /// Gives the paper another title than the one that it came with.
    ///
    /// Records that were read from the title keep their evidence where the new one has the words, too.
    mutating func retitle(_ title: String) {
        input.paper.title = title
        textHash = Self.textHash(of: input.paper)
        let texts = PaperTexts(title: title, abstract: input.paper.abstract)
        for index in input.records.claims.indices { texts.move(&input.records.claims[index].evidence) }
        for index in input.records.benchmarks.indices { texts.move(&input.records.benchmarks[index].evidence) }
        for index in input.records.sotaClaims.indices { texts.move(&input.records.sotaClaims[index].evidence) }
        for index in input.records.modelSizes.indices { texts.move(&input.records.modelSizes[index].evidence) }
        for index in input.records.links.indices { texts.move(&input.records.links[index].evidence) }
    }

    /// Whether another paper with the same text says nothing that this one does not say, too.
    func saysAll(of other: PreparedPaper) -> Bool {
        let (own, others) = (input.paper, other.input.paper)
        return input.extractor == other.input.extractor && other.identifiers.allSatisfy(identifiers.contains)
            && (others.published == nil || others.published == own.published)
            && (others.url == nil || others.url == own.url)
    }

    /// What no two papers of one round may share.
    var handles: [String] {
        [String(decoding: textHash.flatMap { [$0 >> 4 + 0x41, $0 & 0xF + 0x41] }, as: UTF8.self)]
            + identifiers.map(\.description)
    }
}

extension ExtractedRecords {
    /// The records without the benchmarks whose name has no letter or digit: nothing could be found by it.
    var withoutNamelessBenchmarks: ExtractedRecords {
        var records = self
        records.benchmarks.removeAll { NameKey($0.name).description.isEmpty }
        for index in records.claims.indices {
            records.claims[index].benchmarks.removeAll { NameKey($0).description.isEmpty }
        }
        for index in records.sotaClaims.indices {
            records.sotaClaims[index].benchmarks.removeAll { NameKey($0).description.isEmpty }
        }
        return records
    }
}

/// The bounds of what the registry takes, as they stand in the schema.
enum IngestLimits {
    /// Far over the longest title known, and under what one search index entry can hold.
    static let titleBytes = 8192
    /// Fifty times a long abstract.
    static let abstractBytes = 262_144
    /// Names longer than this are no names; an index entry can hold 2,700 bytes.
    static let nameBytes = 1000
    /// The longest URL that browsers and servers agree on.
    static let urlBytes = 2048
    static let unitBytes = 100

    /// Why a paper cannot be kept.
    ///
    /// - Returns: one sentence, or `nil` for a paper that can.
    static func refusal(of input: IngestPaper) -> String? {
        let paper = input.paper
        if paper.title.allSatisfy(\.isWhitespace) { return "the title is empty" }
        if paper.title.utf8.count > titleBytes { return "the title is longer than \(titleBytes) bytes" }
        if paper.abstract.utf8.count > abstractBytes { return "the abstract is longer than \(abstractBytes) bytes" }
        if paper.title.utf8.contains(0) || paper.abstract.utf8.contains(0) {
            return "the text has a NUL character in it"
        }
        if let url = paper.url, url.utf8.count > urlBytes || url.utf8.contains(0) {
            return "the address is longer than \(urlBytes) bytes"
        }
        if let label = paper.label, label.utf8.count > nameBytes || label.utf8.contains(0) {
            return "the label is longer than \(nameBytes) bytes"
        }
        return refusal(of: input.records)
    }

    private static func refusal(of records: ExtractedRecords) -> String? {
        var names: [String] = records.modelSizes.compactMap(\.model)
        for mention in records.benchmarks {
            names.append(mention.name)
            names += mention.counts.map(\.of)
            if let fullName = mention.fullName { names.append(fullName) }
        }
        for claim in records.claims {
            names += claim.benchmarks
            names += [claim.metric, claim.subject, claim.baseline].compactMap { $0 }
        }
        for claim in records.sotaClaims {
            names += claim.benchmarks
            if let subject = claim.subject { names.append(subject) }
        }
        if let name = names.first(where: { !isGood($0, maximum: nameBytes) }) {
            return "a name in the records is empty, longer than \(nameBytes) bytes, or has a NUL character in it: "
                + String(name.prefix(40))
        }
        if records.claims.contains(where: { !isGood($0.unit, maximum: unitBytes) }) {
            return "a unit in the records is empty or longer than \(unitBytes) bytes"
        }
        if records.links.contains(where: { !isGood($0.url, maximum: urlBytes) }) {
            return "a URL in the records is empty or longer than \(urlBytes) bytes"
        }
        if records.modelSizes.contains(where: { $0.parameters < 1 || ($0.parametersHigh ?? 1) < 1 }) {
            return "a model in the records has no parameters"
        }
        let confidences: [[Double]] = [
            records.benchmarks.map(\.confidence), records.claims.map(\.confidence),
            records.sotaClaims.map(\.confidence), records.modelSizes.map(\.confidence), records.links.map(\.confidence),
        ]
        if !confidences.joined().allSatisfy({ (0...1).contains($0) }) {
            return "a confidence in the records is not within 0 and 1"
        }
        return nil
    }

    private static func isGood(_ text: String, maximum: Int) -> Bool {
        !text.isEmpty && text.utf8.count <= maximum && !text.utf8.contains(0)
    }
}
