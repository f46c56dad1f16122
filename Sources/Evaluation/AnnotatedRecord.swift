package import Foundation

/// One paper's records in the annotation guide's JSON: made by hand, or by an extractor (then with confidence).
package struct AnnotatedRecord: Sendable, Decodable {
    /// A named benchmark.
    package struct Benchmark: Sendable, Decodable {
        var name: String
        var fullName: String?
        var role: String?
        var counts: [Count]?
        var confidence: Double?

        private enum CodingKeys: String, CodingKey {
            case name
            case fullName = "full_name"
            case role, counts, confidence
        }
    }

    /// A stated size of a benchmark.
    package struct Count: Sendable, Decodable {
        var count: Int
    }

    /// A reported number.
    package struct Number: Sendable, Decodable {
        var value: String
        var valueHigh: String?
        var unit: String?
        var kind: String
        var relative: Bool?
        var bound: String?
        var metric: String?
        var benchmarks: [String]?
        var aggregate: String?
        var subject: String?
        var baseline: String?
        var confidence: Double?

        private enum CodingKeys: String, CodingKey {
            case value
            case valueHigh = "value_high"
            case unit, kind, relative, bound, metric, benchmarks, aggregate, subject, baseline, confidence
        }
    }

    /// A statement about the state of the art.
    package struct Statement: Sendable, Decodable {
        var strength: String
        var benchmarks: [String]?
        var confidence: Double?
    }

    /// A parameter count.
    package struct Size: Sendable, Decodable {
        var model: String?
        var parameters: Int
        var parametersHigh: Int?
        var confidence: Double?

        private enum CodingKeys: String, CodingKey {
            case model, parameters
            case parametersHigh = "parameters_high"
            case confidence
        }
    }

    /// A link.
    package struct Link: Sendable, Decodable {
        var url: String
        var kind: String?
        var confidence: Double?
    }

    package var id: String
    var benchmarks: [Benchmark]?
    var results: [Number]?
    /// `nil` where the paper was not annotated for statements; then none are counted.
    var sota: [Statement]?
    var modelSizes: [Size]?
    var links: [Link]?

    private enum CodingKeys: String, CodingKey {
        case id, benchmarks, results, sota
        case modelSizes = "model_sizes"
        case links
    }

    /// Reads JSON Lines, blank lines left out.
    ///
    /// - Parameters:
    ///   - data: the file's bytes.
    ///   - name: the file's name, for messages.
    /// - Returns: the records in order.
    /// - Throws: `EvaluationError`, with the line.
    package static func read(_ data: Data, name: String) throws(EvaluationError) -> [AnnotatedRecord] {
        let decoder = JSONDecoder()
        var records: [AnnotatedRecord] = []
        for (index, line) in data.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { $0 > 0x20 }) {
            do {
                records.append(try decoder.decode(AnnotatedRecord.self, from: Data(line)))
            } catch {
                throw EvaluationError("\(name):\(index + 1): not a record of the annotation guide: \(Self.text(error))")
            }
        }
        return records
    }

    private static func text(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\"\(context.codingPath.map(\.stringValue).joined(separator: "."))\" has the wrong type."
        default: "it is not well-formed JSON."
        }
    }
}

/// Records that cannot be compared.
package struct EvaluationError: Error, CustomStringConvertible {
    package let description: String

    /// Makes an error that says what, where and what to do.
    package init(_ description: String) {
        self.description = description
    }
}
