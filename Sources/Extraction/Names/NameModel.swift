import CLexicons

#if canImport(Glibc)
import Glibc
#endif

/// What a name can be.
package enum NameLabel: Int, CaseIterable, Sendable {
    /// Neither a benchmark nor a system.
    case other
    case system
    case introduced
    case evaluated
    case mentioned
}

/// A linear model over features (multinomial logistic regression), trained by `train-extraction`.
struct NameModel: Sendable {
    /// The weights of a feature, by ``NameLabel``.
    typealias Weights = SIMD8<Float>

    /// Open addressing over `id & mask`; 0 is free.
    private var ids: [UInt64]
    /// For each slot a part of its id, 0 where it is free: most features have no weight, and need to see no more.
    private var tags: [UInt8]
    private var weights: [Weights]
    /// The names of the features, by slot.
    private var names: [String]

    /// The model of the data file.
    static let builtIn = NameModel(text: builtInText)

    private static var builtInText: String {
        let file = claimboard_lexicon_name_weights()
        // SAFETY: the bytes are a constant of the binary, `count` long.
        return String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }

    /// Reads a model: a line a feature, its name, a tab, and the weight of each label but the first, parted by tabs.
    ///
    /// - Precondition: the text has that form.
    init(text: String) {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        var capacity = 64
        while capacity < lines.count * 3 { capacity *= 2 }
        ids = [UInt64](repeating: 0, count: capacity)
        tags = [UInt8](repeating: 0, count: capacity)
        weights = [Weights](repeating: .zero, count: capacity)
        names = [String](repeating: "", count: capacity)
        for line in lines {
            let fields = line.split(separator: "\t")
            precondition(
                fields.count == NameLabel.allCases.count,
                "a line of weights wants one for each label: \(line)"
            )
            var values = Weights.zero
            for (index, field) in fields.dropFirst().enumerated() {
                guard let value = Float(field) else { preconditionFailure("not a weight: \(line)") }
                values[index + 1] = value
            }
            let id = NameFeatureValue.id(of: fields[0])
            var slot = Int(truncatingIfNeeded: id) & (capacity - 1)
            while ids[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            ids[slot] = id
            tags[slot] = Self.tag(id)
            weights[slot] = values
            names[slot] = "name." + String(fields[0].dropLast(while: { $0 == " " }))
        }
    }

    private func slot(_ id: UInt64) -> Int? {
        let tag = Self.tag(id)
        var slot = Int(truncatingIfNeeded: id) & (tags.count - 1)
        while tags[slot] != 0 {
            if tags[slot] == tag, ids[slot] == id { return slot }
            slot = (slot + 1) & (tags.count - 1)
        }
        return nil
    }

    @inline(__always) private static func tag(_ id: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: id >> 56) | 1 }

    /// How likely each label is.
    func probabilities(_ features: NameFeatureSet) -> Weights {
        var scores = Weights.zero
        for index in 0..<features.count {
            if let slot = slot(features.id(index)) { scores += weights[slot] * features.value(index) }
        }
        return Self.probabilities(scores)
    }

    /// The softmax of scores.
    static func probabilities(_ scores: Weights) -> Weights {
        var highest = scores[0]
        for label in NameLabel.allCases { highest = max(highest, scores[label.rawValue]) }
        var result = Weights.zero
        var sum: Float = 0
        for label in NameLabel.allCases {
            let value = expf(scores[label.rawValue] - highest)
            result[label.rawValue] = value
            sum += value
        }
        return result / sum
    }

    /// How likely a thing is a benchmark, in whatever role.
    static func benchmarkProbability(_ odds: Weights) -> Float {
        odds[NameLabel.introduced.rawValue] + odds[NameLabel.evaluated.rawValue] + odds[NameLabel.mentioned.rawValue]
    }

    /// The odds of a thing that the paper defines as its benchmark (``NameVerdict/definesBenchmark``): at least those that
    /// such things have on average.
    static func defined(_ odds: Weights) -> Weights {
        let least: Float = 0.9
        guard odds[NameLabel.introduced.rawValue] < least else { return odds }
        var result = odds * ((1 - least) / max(0.001, 1 - odds[NameLabel.introduced.rawValue]))
        result[NameLabel.introduced.rawValue] = least
        return result
    }

    /// The names of the features that speak most for a benchmark, strongest first.
    func reasons(_ features: NameFeatureSet, limit: Int) -> [String] {
        var found: [(weight: Float, slot: Int)] = []
        for index in 0..<features.count {
            guard let slot = slot(features.id(index)) else { continue }
            let row = weights[slot]
            let weight =
                max(row[NameLabel.introduced.rawValue], row[NameLabel.evaluated.rawValue]) * features.value(index)
            if weight > 0.2 { found.append((weight, slot)) }
        }
        found.sort { $0.weight == $1.weight ? $0.slot < $1.slot : $0.weight > $1.weight }
        return found.prefix(limit).map { names[$0.slot] }
    }
}

extension Substring {
    /// Without the characters at the end that meet a condition.
    fileprivate func dropLast(while condition: (Character) -> Bool) -> Substring {
        var text = self
        while let last = text.last, condition(last) { text.removeLast() }
        return text
    }
}
