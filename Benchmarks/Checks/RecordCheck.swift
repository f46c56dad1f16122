import Claims
package import Extraction

/// Checks what must hold of the records of any text, whatever it says.
package struct RecordCheck {
    private let extractor: Extractor
    private var workspace = Workspace()
    private var count = 0

    /// Makes a check with a workspace of its own.
    package init(limits: ExtractionLimits = .standard) {
        extractor = Extractor(limits: limits)
    }

    /// Reads a paper and says what does not hold of its records.
    ///
    /// - Returns: the first problem, `nil` where there is none.
    package mutating func problem(title: [UInt8], abstract: [UInt8]) -> String? {
        let records = read(title: title, abstract: abstract, &workspace)
        count += 1
        if count % Self.freshEvery == 0 {
            // What was read before must not show.
            var fresh = Workspace()
            guard read(title: title, abstract: abstract, &fresh) == records else {
                return "other records in fresh memory"
            }
        }
        let texts = Texts(title: title, abstract: abstract)
        return texts.problem(of: records)
    }

    /// How often a text is read in fresh memory as well.
    private static let freshEvery = 16

    private func read(title: [UInt8], abstract: [UInt8], _ workspace: inout Workspace) -> ExtractedRecords {
        title.withUnsafeBufferPointer { title in
            abstract.withUnsafeBufferPointer { abstract in
                extractor.extract(title: title, abstract: abstract, workspace: &workspace)
            }
        }
    }
}

/// A paper's texts, which evidence is held against.
private struct Texts {
    let title: [UInt8]
    let abstract: [UInt8]
    private let isTitleValid: Bool
    private let isAbstractValid: Bool

    init(title: [UInt8], abstract: [UInt8]) {
        self.title = title
        self.abstract = abstract
        isTitleValid = String(validating: title, as: UTF8.self) != nil
        isAbstractValid = String(validating: abstract, as: UTF8.self) != nil
    }

    func problem(of records: ExtractedRecords) -> String? {
        for record in records.benchmarks {
            if let problem = problem(record.evidence, record.confidence) { return problem }
            if record.name.isEmpty { return "a benchmark without a name" }
        }
        for record in records.claims {
            if let problem = problem(record.evidence, record.confidence) { return problem }
            for value in [record.value, record.valueHigh] {
                if let value, !isDecimal(value.description) { return "no plain decimal: \(value)" }
            }
        }
        for record in records.sotaClaims {
            if let problem = problem(record.evidence, record.confidence) { return problem }
        }
        for record in records.modelSizes {
            if let problem = problem(record.evidence, record.confidence) { return problem }
            if record.parameters < 0 { return "a size below zero" }
        }
        for record in records.links {
            if let problem = problem(record.evidence, record.confidence) { return problem }
            if record.url.isEmpty { return "a link without an address" }
        }
        return nil
    }

    private func problem(_ evidence: Evidence, _ confidence: Double) -> String? {
        guard confidence >= 0, confidence <= 1 else { return "confidence \(confidence)" }
        let (text, isValid) = evidence.source == .title ? (title, isTitleValid) : (abstract, isAbstractValid)
        guard evidence.start >= 0, evidence.start < evidence.end, evidence.end <= text.count else {
            return "evidence \(evidence.start)..<\(evidence.end) of \(text.count) bytes"
        }
        if isValid, !isBoundary(evidence.start, text) || !isBoundary(evidence.end, text) {
            return "evidence \(evidence.start)..<\(evidence.end) cuts a character"
        }
        let bytes = text[evidence.start..<evidence.end]
        return String(decoding: bytes, as: UTF8.self) == evidence.text ? nil : "evidence is not the text at its place"
    }

    private func isBoundary(_ index: Int, _ text: [UInt8]) -> Bool { index == text.count || text[index] & 0xC0 != 0x80 }

    private func isDecimal(_ text: String) -> Bool {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { 48...57 ~= $0 } }
        return isPlain && parts.count <= 2 && text.utf8.count - digits.count <= 1
    }
}
