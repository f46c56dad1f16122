/// A set of benchmarks that a number may be for.
struct BenchmarkOption {
    /// How the set was come by.
    enum Source: UInt8 {
        /// No benchmark.
        case none
        /// One that the sentence names.
        case single
        /// Coordinated ones of the sentence.
        case group
        /// All that the sentence names.
        case all
        /// One of a sentence before.
        case carriedSingle
        /// Coordinated ones of a sentence before.
        case carriedGroup
        /// One from anywhere else in the abstract.
        case far
        /// Two of the sentence of which one leads over to the other: `X to Y`.
        case transfer
    }

    var source: Source
    /// The places that name the set, as indices of ``NamedThings/benchmarkPlaces``.
    var places: Range<Int>
    /// The things as a set of bits, for the first 64 of an abstract.
    var things: UInt64
    /// How many sentences before the number's.
    var sentencesBack = 0
}

/// Finds the sets of benchmarks that a number may be for.
struct BenchmarkOptions {
    private(set) var options: [BenchmarkOption] = []

    /// How many sentences back names are carried from.
    private static let farthestSentence = 3
    /// How many options are kept; the nearest come first.
    private static let most = 40

    /// Finds the options of a quantity: no benchmark first, then by nearness.
    mutating func fill(for quantity: Quantity, in context: ClaimContext, groups: BenchmarkGroups) {
        options.removeAll(keepingCapacity: true)
        options.append(BenchmarkOption(source: .none, places: 0..<0, things: 0))
        let own = groups.ofSentence[quantity.sentence]
        addSingles(own, near: quantity.tokens.lowerBound, .single, back: 0, in: context)
        addTransfers(own, in: context, groups)
        addGroups(own, .group, back: 0, in: context, groups)
        add(.all, own, back: 0, in: context)
        for back in 1...Self.farthestSentence where quantity.sentence - back >= 0 {
            let places = groups.ofSentence[quantity.sentence - back]
            addSingles(places, near: places.upperBound, .carriedSingle, back: back, in: context)
            addGroups(places, .carriedGroup, back: back, in: context, groups)
            add(.carriedGroup, places, back: back, in: context)
        }
        for place in context.names.benchmarkPlaces.indices.prefix(Self.most) {
            add(.far, place..<(place + 1), back: Self.farthestSentence + 1, in: context)
        }
    }

    /// The option that is the thing of one place of the number's sentence.
    func option(of place: Int, in context: ClaimContext) -> BenchmarkOption? {
        let things: UInt64 = 1 << UInt64(min(63, context.names.benchmarkPlaces[place].thing))
        return options.first { $0.things == things }
    }

    /// Adds each place of a sentence, those near the quantity first (so that of two places of one thing the nearer is
    /// kept).
    private mutating func addSingles(
        _ places: Range<Int>,
        near token: Int,
        _ source: BenchmarkOption.Source,
        back: Int,
        in context: ClaimContext
    ) {
        guard !places.isEmpty else { return }
        let all = context.names.benchmarkPlaces
        var right = places.lowerBound
        while right < places.upperBound, all[right].tokens.lowerBound < token { right += 1 }
        var left = right - 1
        while left >= places.lowerBound || right < places.upperBound {
            let leftDistance = left >= places.lowerBound ? token - all[left].tokens.upperBound : Int.max
            let rightDistance = right < places.upperBound ? all[right].tokens.lowerBound - token : Int.max
            if leftDistance < rightDistance {
                add(source, left..<(left + 1), back: back, in: context)
                left -= 1
            } else {
                add(source, right..<(right + 1), back: back, in: context)
                right += 1
            }
            if options.count >= Self.most { return }
        }
    }

    private mutating func addTransfers(_ places: Range<Int>, in context: ClaimContext, _ groups: BenchmarkGroups) {
        let all = context.names.benchmarkPlaces
        for place in places.dropLast() {
            if options.count >= Self.most { return }
            guard groups.isTransfer(all[place], all[place + 1], context.document) else { continue }
            add(.transfer, place..<(place + 2), back: 0, in: context)
        }
    }

    private mutating func addGroups(
        _ places: Range<Int>,
        _ source: BenchmarkOption.Source,
        back: Int,
        in context: ClaimContext,
        _ groups: BenchmarkGroups
    ) {
        var place = places.lowerBound
        while place < places.upperBound {
            let group = groups.groups[groups.groupOfPlace[place]]
            if group.count > 1 { add(source, group, back: back, in: context) }
            place = group.upperBound
        }
    }

    private mutating func add(
        _ source: BenchmarkOption.Source,
        _ places: Range<Int>,
        back: Int,
        in context: ClaimContext
    ) {
        guard !places.isEmpty, options.count < Self.most else { return }
        var things: UInt64 = 0
        for place in places { things |= 1 << UInt64(min(63, context.names.benchmarkPlaces[place].thing)) }
        guard !options.contains(where: { $0.things == things }) else { return }
        options.append(BenchmarkOption(source: source, places: places, things: things, sentencesBack: back))
    }
}
