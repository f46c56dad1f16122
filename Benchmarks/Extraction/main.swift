// Measures how fast papers are read. Every figure comes with its ratio to a plain loop over the same bytes, run in turn
// with it: ratios carry from one machine to the next, rates do not. Fails where a round finds other records than the first.

let usage = """
    usage: extraction-benchmark FILE ... [--rounds N] [--passes N]
           extraction-benchmark --hostile [MB]

    FILE        papers in any form that claimboard imports
    --rounds N  how many rounds (9)
    --passes N  how often a round goes over the papers (2)
    --hostile   reads texts made to be slow, of MB, twice and four times that (1)
    """

/// What was asked for on the command line.
struct Order {
    var paths: [String] = []
    var rounds = 9
    var passes = 2
    var hostileMegabytes: Int?

    init?(_ arguments: [String]) {
        var arguments = arguments[...]
        while let argument = arguments.popFirst() {
            switch argument {
            case "--rounds", "--passes":
                guard let value = arguments.popFirst().flatMap({ Int($0) }), value > 0 else { return nil }
                if argument == "--rounds" { rounds = value } else { passes = value }
            case "--hostile":
                guard let size = arguments.isEmpty ? 1 : arguments.popFirst().flatMap({ Int($0) }), size > 0 else {
                    return nil
                }
                hostileMegabytes = size
            case let option where option.hasPrefix("-"): return nil
            default: paths.append(argument)
            }
        }
        if paths.isEmpty, hostileMegabytes == nil { return nil }
    }
}

guard let order = Order(Array(CommandLine.arguments.dropFirst())) else { stop(usage, status: 2) }
if let size = order.hostileMegabytes {
    HostileMeasurement.run(megabytes: size)
} else {
    do {
        var measurement = Measurement(corpus: try Corpus(paths: order.paths), passes: order.passes)
        let expected = measurement.records()
        _ = measurement.run()
        let rounds = (0..<order.rounds).map { _ in
            let round = measurement.run()
            guard measurement.records() == expected else {
                stop("a round found other records than the first", status: 1)
            }
            return round
        }
        Report(corpus: measurement.corpus, passes: order.passes, rounds: rounds, found: expected).print()
    } catch {
        stop(error.description, status: 1)
    }
}
