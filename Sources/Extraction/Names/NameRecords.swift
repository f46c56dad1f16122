import Claims

/// Makes the records and places of a paper's names from what the model says of them.
struct NameRecords {
    private let title: NameSource
    private let abstract: NameSource
    private let model: NameModel

    init(title: NameSource, abstract: NameSource, model: NameModel) {
        self.title = title
        self.abstract = abstract
        self.model = model
    }

    /// Fills in the names, and gives a record for each benchmark.
    func fill(_ names: inout NamedThings, from scratch: NameScratch) -> [BenchmarkMention] {
        names.removeAll()
        var records: [BenchmarkMention] = []
        /// For each thing, its index in the names of its kind; -1 where it is none.
        var benchmarkOf = [Int](repeating: -1, count: scratch.things.count)
        var systemOf = benchmarkOf
        for (index, thing) in scratch.things.enumerated() {
            guard let span = span(of: thing, scratch) else { continue }
            let odds = thing.probabilities
            let benchmark = odds[NameLabel.introduced.rawValue] + odds[NameLabel.evaluated.rawValue]
                + odds[NameLabel.mentioned.rawValue]
            if benchmark >= NameFinder.benchmarkThreshold {
                let record = record(thing, span, confidence: benchmark)
                benchmarkOf[index] = names.benchmarks.count
                names.benchmarks.append(NamedThings.Benchmark(name: record.name, fullName: record.fullName))
                records.append(record)
            } else {
                let isOwn = isOwn(thing, scratch)
                guard isOwn || odds[NameLabel.system.rawValue] >= NameFinder.systemThreshold else { continue }
                systemOf[index] = names.systems.count
                let document = span.isInTitle ? title.document : abstract.document
                names.systems.append(NamedThings.System(name: document.string(span.tokens), isOwn: isOwn))
            }
        }
        for span in scratch.spans where span.thing >= 0 {
            if benchmarkOf[span.thing] >= 0 {
                names.benchmarkPlaces.append(NamedThings.Place(tokens: span.tokens, thing: benchmarkOf[span.thing]))
            } else if systemOf[span.thing] >= 0 {
                names.systemPlaces.append(NamedThings.Place(tokens: span.tokens, thing: systemOf[span.thing]))
            }
        }
        return records
    }

    /// The span that gives a thing its printed name: the first of the abstract, else of the title.
    private func span(of thing: NameScratch.Thing, _ scratch: NameScratch) -> NameSpan? {
        guard let place = thing.places.first(where: { $0 >= 0 }) ?? thing.places.first else { return nil }
        return place < 0 ? scratch.titleSpans[-1 - place] : scratch.spans[place]
    }

    private func isOwn(_ thing: NameScratch.Thing, _ scratch: NameScratch) -> Bool {
        let systems = OwnSystems(title: title.document, abstract: abstract.document)
        return thing.places.contains { systems.presents($0 < 0 ? scratch.titleSpans[-1 - $0] : scratch.spans[$0]) }
    }

    private func record(_ thing: NameScratch.Thing, _ span: NameSpan, confidence: Float) -> BenchmarkMention {
        let source = span.isInTitle ? title : abstract
        return BenchmarkMention(
            name: source.document.string(span.tokens),
            fullName: fullName(span, source.document),
            role: role(thing.probabilities),
            evidence: source.evidence(span.tokens, in: span.isInTitle ? .title : .abstract),
            confidence: Double(confidence),
            rules: []
        )
    }

    private func role(_ odds: NameModel.Weights) -> BenchmarkRole {
        let roles: [(NameLabel, BenchmarkRole)] = [(.evaluated, .evaluated), (.introduced, .introduced), (.mentioned, .mentioned)]
        return roles.max { odds[$0.0.rawValue] < odds[$1.0.rawValue] }?.1 ?? .evaluated
    }

    private func fullName(_ span: NameSpan, _ document: Document) -> String? {
        if let stem = span.stem { return coordinatedName(stem, span.tokens, document) }
        return span.fullName.map { document.string($0) }
    }

    /// The whole form of a shortened name: its stem with the last part replaced.
    private func coordinatedName(_ stem: Range<Int>, _ part: Range<Int>, _ document: Document) -> String {
        var whole = Substring(document.string(stem))
        if document.tokens[part.lowerBound].kind == .number {
            while let last = whole.last, last.isNumber { whole.removeLast() }
        } else {
            while let last = whole.last, last != " " { whole.removeLast() }
        }
        return whole + document.string(part)
    }
}
