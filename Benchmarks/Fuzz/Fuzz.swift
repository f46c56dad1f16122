import ExtractionChecks

#if !LIBFUZZER
/// Reads texts made by a seeded generator and stops at the first that breaks a rule.
///
///     extraction-fuzz [COUNT] [SEED]
@main
struct Fuzz {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) }
        guard arguments.count <= 2, arguments.allSatisfy({ $0 != nil }) else {
            print("usage: extraction-fuzz [COUNT] [SEED]")
            return
        }
        let count = Int(clamping: (arguments.first ?? nil) ?? 1_000_000)
        let seed = (arguments.count > 1 ? arguments[1] : nil) ?? 1
        var mutator = TextMutator(seed: seed)
        var check = RecordCheck()
        for number in 1...max(1, count) {
            let (title, abstract) = (Array(mutator.next().prefix(120)), mutator.next())
            if let problem = check.problem(title: title, abstract: abstract) {
                fatalError("seed \(seed), text \(number): \(problem)\ntitle: \(title)\nabstract: \(abstract)")
            }
            if number % 1_000_000 == 0 { print("\(number) texts of seed \(seed)") }
        }
        print("\(count) texts of seed \(seed): nothing found")
    }
}
#endif
