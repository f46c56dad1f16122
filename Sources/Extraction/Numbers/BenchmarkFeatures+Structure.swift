extension BenchmarkFeatures {
    /// Adds how an option stands to what is around the number.
    func addSurroundings(
        _ option: BenchmarkOption,
        _ around: ResultSurroundings,
        _ quantity: Quantity,
        _ source: FeatureValue,
        to features: inout [FeatureKey]
    ) {
        let sourceNumber = Int(option.source.rawValue)
        let relation = relation(of: option, to: around.place)
        let side = FeatureValue.number(sourceNumber * 4 + relation)
        features.append(FeatureKey(.attached, side, .number(Int(around.attachment.rawValue))))
        features.append(FeatureKey(.attachedBy, side, around.preposition))
        if around.placeBehind != nil || around.placeBefore != nil {
            let behind = self.relation(of: option, to: around.placeBehind)
            let before = self.relation(of: option, to: around.placeBefore)
            features.append(FeatureKey(.runAlignment, source, .number(behind * 4 + before)))
        }
        if let echo = around.echo {
            features.append(FeatureKey(.echo, .number(option.things == echo ? 1 : 2)))
        }
        if let last = around.lastPlaces, !option.places.isEmpty {
            let direction = direction(of: option, quantity)
            let order = order(of: option, after: last)
            features.append(
                FeatureKey(
                    .orderAfterLast,
                    .number(sourceNumber * 4 + direction),
                    .number((order * 4 + around.lastDirection) * 8 + Int(around.joint.rawValue))
                )
            )
            features.append(
                FeatureKey(.orderAfterLast, .number(100 + direction), .number(order * 4 + around.lastDirection))
            )
        }
        let back = FeatureValue.number(sourceNumber * 8 + option.sentencesBack)
        let own = groups.ofSentence[quantity.sentence].isEmpty ? 0 : 1
        let things = min(3, context.names.benchmarks.count)
        features.append(FeatureKey(.paperNames, back, .number(things * 2 + own)))
        if !option.places.isEmpty {
            let used = option.things & around.earlier
            let state = around.earlier == 0 ? 0 : used == option.things ? 1 : used == 0 ? 2 : 3
            features.append(FeatureKey(.usedBefore, back, .number(state)))
        } else {
            features.append(FeatureKey(.usedBefore, back, .number(around.earlier == 0 ? 0 : 1)))
        }
        features.append(FeatureKey(.anaphor, back, .number(around.anaphors)))
    }

    /// Whether an option is the benchmark of a place alone (1), one of a group with it (2), or another (3); 0 where there is
    /// no place.
    private func relation(of option: BenchmarkOption, to place: Int?) -> Int {
        guard let place else { return 0 }
        let thing: UInt64 = 1 << UInt64(min(63, context.names.benchmarkPlaces[place].thing))
        if option.things == thing { return 1 }
        return option.things & thing != 0 ? 2 : 3
    }

    private func direction(of option: BenchmarkOption, _ quantity: Quantity) -> Int {
        let places = context.names.benchmarkPlaces
        if places[option.places.lowerBound].tokens.lowerBound >= quantity.tokens.upperBound { return 1 }
        return places[option.places.upperBound - 1].tokens.upperBound <= quantity.start ? 2 : 3
    }

    /// Whether an option is what the result before is for (1), the next name behind it (2), a later one (3), one before it
    /// (4), or overlaps (5).
    private func order(of option: BenchmarkOption, after last: Range<Int>) -> Int {
        if option.places == last { return 1 }
        if option.places.lowerBound == last.upperBound { return 2 }
        if option.places.lowerBound > last.upperBound { return 3 }
        return option.places.upperBound <= last.lowerBound ? 4 : 5
    }
}
