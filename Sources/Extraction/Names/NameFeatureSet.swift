/// What speaks for and against a thing: features, each with the share of the thing's places that have it.
///
/// A feature is known by the hash of its name (`before=on`), so that reading costs no strings. A recording set keeps the
/// names as well: for training, and for people who ask why.
struct NameFeatureSet {
    /// A feature and how many places have it.
    private struct Entry {
        var id: UInt64
        var count: Int32
        /// The last place that had it; 0 for what is said of the thing as a whole.
        var place: Int32
    }

    private var entries: [Entry] = []
    /// The names of the entries, while the set is recording.
    private(set) var names: [String] = []
    private let isRecording: Bool
    /// Open addressing over the ids: indices of entries, valid where the stamp is the current one.
    private var slots = [(stamp: UInt32, index: Int32)](repeating: (0, 0), count: Self.capacity * 2)
    private var stamp: UInt32 = 1
    private var places: Int32 = 0
    /// The place whose features are being added; 0 for the thing as a whole.
    private var place: Int32 = 0

    /// The most features that are kept: some places' worth.
    private static let capacity = 512

    init(isRecording: Bool = false) {
        self.isRecording = isRecording
    }

    /// Forgets all features but keeps the memory.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        names.removeAll(keepingCapacity: true)
        places = 0
        place = 0
        stamp &+= 1
        if stamp == 0 {
            for index in slots.indices { slots[index] = (0, 0) }
            stamp = 1
        }
    }

    /// Goes on to the next place of the thing.
    mutating func beginPlace() {
        places += 1
        place = places
    }

    /// Goes on to what is said of the thing as a whole: these features count in full.
    mutating func beginWhole() { place = 0 }

    var count: Int { entries.count }

    /// The id of a feature.
    @inline(__always) func id(_ index: Int) -> UInt64 { entries[index].id }

    /// The share of places that have a feature, 0...1.
    @inline(__always) func value(_ index: Int) -> Float {
        entries[index].place == 0 ? 1 : Float(entries[index].count) / Float(places)
    }

    /// Adds a feature: a template and up to three values.
    ///
    /// - Parameter bytes: the text that ``NameFeatureValue/bytes(_:)`` means.
    mutating func insert(
        _ template: NameFeatureTemplate,
        _ first: NameFeatureValue,
        _ second: NameFeatureValue,
        _ third: NameFeatureValue,
        in bytes: [UInt8]
    ) {
        let id = third.hash(second.hash(first.hash(template.hash, bytes), bytes), bytes)
        var slot = Int(truncatingIfNeeded: id) & (slots.count - 1)
        while slots[slot].stamp == stamp {
            let index = Int(slots[slot].index)
            if entries[index].id == id {
                if entries[index].place != place {
                    entries[index].count += 1
                    entries[index].place = place
                }
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard entries.count < Self.capacity else { return }
        slots[slot] = (stamp, Int32(entries.count))
        entries.append(Entry(id: id, count: 1, place: place))
        if isRecording {
            names.append(template.start + first.text(bytes) + second.text(bytes) + third.text(bytes))
        }
    }
}

/// A part of what a feature is about.
enum NameFeatureValue {
    case none
    case text(StaticString)
    /// 0 to 9.
    case digit(Int)
    /// Some bytes of the text, in lower case.
    case bytes(Range<Int>)
    /// How some bytes of the text are written: `A` for capitals, `a` for letters, `9` for digits, `-` for marks; runs as
    /// one.
    case shape(Range<Int>)

    /// Adds this value to a hash. Each value ends in a space.
    @inline(__always) func hash(_ start: UInt64, _ bytes: [UInt8]) -> UInt64 {
        var hash = start
        switch self {
        case .none: return hash
        case .text(let text):
            var pointer = text.utf8Start
            // SAFETY: a static string's bytes live forever, utf8CodeUnitCount of them.
            for _ in 0..<text.utf8CodeUnitCount {
                hash = Lexicon.hash(hash, adding: pointer.pointee)
                pointer += 1
            }
        case .digit(let digit): hash = Lexicon.hash(hash, adding: Self.sign(digit))
        case .bytes(let range):
            for index in range { hash = Lexicon.hash(hash, adding: ByteClass.lowered(bytes[index])) }
        case .shape(let range):
            var last: UInt8 = 0
            for index in range {
                let sign = Self.sign(of: bytes[index])
                if sign != last { hash = Lexicon.hash(hash, adding: sign) }
                last = sign
            }
        }
        return Lexicon.hash(hash, adding: UInt8(ascii: " "))
    }

    /// What ``hash(_:_:)`` hashes, as text.
    func text(_ bytes: [UInt8]) -> String {
        switch self {
        case .none: return ""
        case .text(let text): return text.description + " "
        case .digit(let digit): return String(decoding: [Self.sign(digit)], as: UTF8.self) + " "
        case .bytes(let range): return String(decoding: bytes[range].map(ByteClass.lowered), as: UTF8.self) + " "
        case .shape(let range):
            let signs = bytes[range].map(Self.sign(of:))
            let runs = signs.indices.filter { $0 == 0 || signs[$0] != signs[$0 - 1] }.map { signs[$0] }
            return String(decoding: runs, as: UTF8.self) + " "
        }
    }

    private static func sign(_ digit: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(clamping: max(0, min(9, digit))) }

    @inline(__always) private static func sign(of byte: UInt8) -> UInt8 {
        if ByteClass.isUpper(byte) { return UInt8(ascii: "A") }
        if ByteClass.isLetter(byte) { return UInt8(ascii: "a") }
        return ByteClass.isDigit(byte) ? UInt8(ascii: "9") : UInt8(ascii: "-")
    }
}
