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
    /// - Parameters:
    ///   - template: what it is a feature of.
    ///   - first: the first value.
    ///   - second: the second.
    ///   - third: the third.
    ///   - bytes: the text that the values are of.
    mutating func insert(
        _ template: NameFeatureTemplate,
        _ first: NameFeatureValue,
        _ second: NameFeatureValue,
        _ third: NameFeatureValue,
        in bytes: [UInt8]
    ) {
        let id = third.mixed(into: second.mixed(into: first.mixed(into: template.hash)))
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
            names.append(template.start + first.printed(bytes) + second.printed(bytes) + third.printed(bytes))
        }
    }
}
