package import Formats

/// An evaluation as people and programs read it.
package struct EvaluationReport {
    private let evaluation: Evaluation
    /// How many of the papers with most differences are listed.
    private let worstCount: Int

    /// Makes a report.
    package init(_ evaluation: Evaluation, worst worstCount: Int = 0) {
        self.evaluation = evaluation
        self.worstCount = worstCount
    }

    /// As text for a terminal.
    package var text: String {
        var figures = TextTable(columns: [
            .init(""), .init("P", .right), .init("R", .right), .init("F1", .right), .init("gold", .right),
            .init("found", .right), .init("gap", .right),
        ])
        fillFigures(&figures)
        var errors = TextTable(columns: [.init("numbers that are not right"), .init("count", .right)])
        fillErrors(&errors)
        var bands = TextTable(columns: [
            .init("confidence of claims"), .init("records", .right), .init("right", .right),
        ])
        fillBands(&bands)
        return figures.rendered() + "\nagreement of what matched: \(sharesText)\n"
            + "papers without a difference: \(evaluation.exactCount) of \(evaluation.recordCount)\n\n"
            + errors.rendered() + "\n" + bands.rendered() + worstText
    }

    /// As Markdown, for the documentation.
    package var markdown: String {
        var figures = MarkdownTable(columns: [
            .init(""), .init("precision", .right), .init("recall", .right), .init("F1", .right), .init("gold", .right),
            .init("found", .right), .init("calibration gap", .right),
        ])
        fillFigures(&figures)
        var shares = MarkdownTable(columns: [.init("field"), .init("agreement", .right)])
        for (field, share) in orderedShares {
            shares.cell(field.rawValue)
            shares.cell(Self.decimal(share))
            shares.endRow()
        }
        var errors = MarkdownTable(columns: [.init("numbers that are not right"), .init("count", .right)])
        fillErrors(&errors)
        var bands = MarkdownTable(columns: [
            .init("confidence of claims"), .init("records", .right), .init("right", .right),
        ])
        fillBands(&bands)
        let exact = "Papers without a difference: \(evaluation.exactCount) of \(evaluation.recordCount).\n"
        return [figures.text, exact, shares.text, errors.text, bands.text].joined(separator: "\n")
    }

    /// Writes it as JSON: the members of the corpus's scorer, and calibration and errors besides.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            for kind in Evaluation.Kind.allCases {
                let tally = evaluation.tallies[kind] ?? Tally()
                json.name(dynamic: kind.rawValue)
                json.object { json in
                    json.member("precision", Self.rounded(tally.precision))
                    json.member("recall", Self.rounded(tally.recall))
                    json.member("f1", Self.rounded(tally.f1))
                    json.member("gold", tally.gold)
                    json.member("predicted", tally.predicted)
                    json.member("calibration_gap", evaluation.calibrations[kind]?.gap.map(Self.rounded))
                }
            }
            json.name("shares")
            json.object { json in
                for field in Evaluation.Field.allCases {
                    json.name(dynamic: field.rawValue)
                    if let value = evaluation.shares[field]?.value {
                        json.value(Self.rounded(value))
                    } else {
                        json.null()
                    }
                }
            }
            json.member("exact records", evaluation.exactCount)
            json.member("records", evaluation.recordCount)
            json.name("errors")
            json.object { json in
                for kind in ErrorKind.allCases {
                    json.name(dynamic: kind.rawValue)
                    json.value(evaluation.errors[kind] ?? 0)
                }
            }
            json.array("worst", of: evaluation.differences.prefix(worstCount)) { json, difference in
                json.member("id", difference.id)
                json.array("differences", of: difference.items) { json, item in
                    json.member("kind", item.kind.rawValue)
                    json.member("side", item.isMissing ? "missing" : "extra")
                    json.member("thing", item.text)
                }
            }
        }
        json.endLine()
    }

    // MARK: Parts

    private func fillFigures(_ table: inout some TableWriter) {
        for kind in Evaluation.Kind.allCases {
            let tally = evaluation.tallies[kind] ?? Tally()
            table.cell(kind.rawValue)
            table.cell(Self.decimal(tally.precision))
            table.cell(Self.decimal(tally.recall))
            table.cell(Self.decimal(tally.f1))
            table.cell(tally.gold)
            table.cell(tally.predicted)
            table.cell(evaluation.calibrations[kind]?.gap.map(Self.decimal))
            table.endRow()
        }
    }

    private func fillErrors(_ table: inout some TableWriter) {
        for kind in ErrorKind.allCases {
            table.cell(kind.rawValue)
            table.cell(evaluation.errors[kind] ?? 0)
            table.endRow()
        }
    }

    private func fillBands(_ table: inout some TableWriter) {
        let bands = evaluation.calibrations[.claims]?.bands ?? []
        for band in bands where band.count > 0 {
            table.cell(Self.decimal(band.confidence))
            table.cell(band.count)
            table.cell(Self.decimal(band.accuracy))
            table.endRow()
        }
    }

    private var orderedShares: [(Evaluation.Field, Double)] {
        Evaluation.Field.allCases.compactMap { field in evaluation.shares[field]?.value.map { (field, $0) } }
    }

    private var sharesText: String {
        orderedShares.map { "\($0.0.rawValue) \(Self.decimal($0.1))" }.joined(separator: ", ")
    }

    private var worstText: String {
        evaluation.differences.prefix(worstCount).map { difference in
            let lines = difference.items.map {
                "  \($0.kind.rawValue) \($0.isMissing ? "missing" : "extra"): \($0.text)\n"
            }
            return "\n\(difference.id)\n" + lines.joined()
        }.joined()
    }

    private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded(.toNearestOrEven) / 10_000 }

    /// A share with three places.
    private static func decimal(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        let digits = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
