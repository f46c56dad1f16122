import Claims
import Foundation

/// What a model answered: records that nobody has checked yet.
struct ModelAnswer: Decodable {
    struct Benchmark: Decodable {
        var name: String
        var fullName: String?
        var role: BenchmarkRole
        var counts: LossyList<Count>?
        var evidence: String
    }

    struct Count: Decodable {
        var count: Int
        var of: String
    }

    struct Result: Decodable {
        var value: LooseDecimal
        var valueHigh: LooseDecimal?
        var unit: String
        var kind: ClaimKind
        var relative: Bool?
        var bound: Bound?
        var metric: String?
        var benchmarks: [String]?
        var aggregate: Aggregate?
        var subject: String?
        var baseline: String?
        var evidence: String
    }

    struct Statement: Decodable {
        var strength: SOTAStrength
        var subject: String?
        var benchmarks: [String]?
        var evidence: String
    }

    struct Size: Decodable {
        var model: String?
        var parameters: Int
        var parametersHigh: Int?
        var bound: Bound?
        var evidence: String
    }

    struct Address: Decodable {
        var url: String
        var kind: LinkKind
        var evidence: String?
    }

    var benchmarks: LossyList<Benchmark>?
    var results: LossyList<Result>?
    var sota: LossyList<Statement>?
    var modelSizes: LossyList<Size>?
    var links: LossyList<Address>?

    /// Reads the answer out of what a model wrote: JSON alone, or with words or a fence around it.
    ///
    /// - Returns: `nil` where no part of it is an object with at least one of the five lists.
    init?(in content: String) {
        let bytes = Array(content.utf8)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        // Of a text with several objects, the first that is an answer: the tries are few, so that a text of nothing but
        // braces takes no longer than others.
        let starts = bytes.indices.lazy.filter { bytes[$0] == UInt8(ascii: "{") }.prefix(8)
        for start in starts {
            guard let end = Self.end(ofObjectAt: start, in: bytes) else { continue }
            if let answer = try? decoder.decode(ModelAnswer.self, from: Data(bytes[start..<end])), !answer.hasNoList {
                self = answer
                return
            }
        }
        return nil
    }

    private var hasNoList: Bool {
        benchmarks == nil && results == nil && sota == nil && modelSizes == nil && links == nil
    }

    /// Where the object ends that starts at a brace: the byte behind the brace that closes it.
    private static func end(ofObjectAt start: Int, in bytes: [UInt8]) -> Int? {
        var depth = 0
        var isInString = false
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\\") where isInString: index += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString:
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }
}

extension BenchmarkRole: Decodable {}
extension ClaimKind: Decodable {}
extension Bound: Decodable {}
extension Aggregate: Decodable {}
extension SOTAStrength: Decodable {}
extension LinkKind: Decodable {}

/// A list in which an element that does not have the right form costs only itself.
struct LossyList<Element: Decodable>: Decodable {
    var elements: [Element] = []
    /// How many elements did not have the right form.
    var malformed = 0

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            if let element = try container.decode(Attempt<Element>.self).value {
                elements.append(element)
            } else {
                malformed += 1
            }
        }
    }

    private struct Attempt<Value: Decodable>: Decodable {
        var value: Value?

        init(from decoder: any Decoder) { value = try? Value(from: decoder) }
    }
}

/// A decimal that is a string, or a number where a model did not keep to it.
struct LooseDecimal: Decodable {
    var value: ExactDecimal

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try (try? container.decode(String.self)) ?? "\(container.decode(Decimal.self))"
        guard let value = ExactDecimal(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no decimal")
        }
        self.value = value
    }
}
