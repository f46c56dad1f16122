import Claims

/// Makes the records and places of a paper's names from what the model says of them.
struct NameRecords {
    private let title: NameSource
    private let abstract: NameSource
    private let scratch: NameScratch

    init(title: NameSource, abstract: NameSource, scratch: NameScratch) {
        self.title = title
        self.abstract = abstract
        self.scratch = scratch
    }

    /// What a thing is in the names.
    private enum Role {
        case nothing
        case benchmark(Int)
        case system(Int)
    }

    /// Fills in the names, and gives a record for each benchmark.
    func fill(_ names: inout NamedThings) -> [BenchmarkMention] {
        names.removeAll()
        var records: [BenchmarkMention] = []
        let roles = scratch.things.map { thing -> Role in
            if NameModel.benchmarkProbability(thing.probabilities) >= NameFinder.benchmarkThreshold {
                let record = record(of: thing)
                records.append(record)
                names.benchmarks.append(NamedThings.Benchmark(name: record.name, fullName: record.fullName))
                return .benchmark(names.benchmarks.count - 1)
            }
            let isOwn = isOwn(thing)
            guard isOwn || thing.probabilities[NameLabel.system.rawValue] >= NameFinder.systemThreshold else {
                return .nothing
            }
            let (source, span) = shown(thing)
            names.systems.append(NamedThings.System(name: source.document.string(span.tokens), isOwn: isOwn))
            return .system(names.systems.count - 1)
        }
        for span in scratch.spans {
            switch roles[span.thing] {
            case .nothing: continue
            case .benchmark(let index):
                names.benchmarkPlaces.append(NamedThings.Place(tokens: span.tokens, thing: index))
            case .system(let index):
                names.systemPlaces.append(NamedThings.Place(tokens: span.tokens, thing: index))
            }
        }
        setCounts(&records, roles)
        return records
    }

    /// Where a thing is shown, and how.
    private func shown(_ thing: NameScratch.Thing) -> (NameSource, NameSpan) {
        let place = thing.shownPlace
        return place < 0 ? (title, scratch.titleSpans[-1 - place]) : (abstract, scratch.spans[place])
    }

    private func isOwn(_ thing: NameScratch.Thing) -> Bool {
        let systems = OwnSystems(title: title.document, abstract: abstract.document)
        return (0..<thing.keptCount).contains { index in
            let place = thing.place(index)
            return systems.presents(place < 0 ? scratch.titleSpans[-1 - place] : scratch.spans[place])
        }
    }

    private func record(of thing: NameScratch.Thing) -> BenchmarkMention {
        let (source, span) = shown(thing)
        return BenchmarkMention(
            name: NamePrint.name(span, source.document),
            fullName: NamePrint.fullName(span, source.document),
            role: role(thing.probabilities),
            evidence: source.evidence(span.tokens, in: span.isInTitle ? .title : .abstract),
            confidence: Double(NameModel.benchmarkProbability(thing.probabilities)),
            rules: thing.reasons
        )
    }

    private func role(_ odds: NameModel.Weights) -> BenchmarkRole {
        let evaluated = odds[NameLabel.evaluated.rawValue]
        let introduced = odds[NameLabel.introduced.rawValue]
        let mentioned = odds[NameLabel.mentioned.rawValue]
        if introduced > max(evaluated, mentioned) { return .introduced }
        return mentioned > evaluated ? .mentioned : .evaluated
    }

    /// How many places are looked at for the next benchmark.
    private static let placesAhead = 20

    /// Gives each record the sizes that the first place with any states.
    private func setCounts(_ records: inout [BenchmarkMention], _ roles: [Role]) {
        let counts = BenchmarkCounts(document: abstract.document)
        var start = 0
        for (number, span) in scratch.spans.enumerated() {
            guard case .benchmark(let index) = roles[span.thing], records[index].counts.isEmpty,
                span.tokens.lowerBound >= start
            else { continue }
            // Sizes are one benchmark's: what this place takes is not the next one's.
            let next = scratch.spans[(number + 1)...].prefix(Self.placesAhead).first { other in
                if case .benchmark(let other) = roles[other.thing] { return other != index }
                return false
            }
            let limit = next?.tokens.lowerBound ?? abstract.document.tokens.count
            let (found, end) = counts.find(
                at: span.tokens,
                limit: limit,
                isIntroduced: records[index].role == .introduced
            )
            guard !found.isEmpty else { continue }
            records[index].counts = found
            start = end
        }
        let introduced = records.indices.filter { records[$0].role == .introduced }
        if introduced.count == 1, records[introduced[0]].counts.isEmpty {
            records[introduced[0]].counts = counts.findUnnamed()
        }
    }
}
