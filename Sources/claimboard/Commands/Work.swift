import ArgumentParser
import Registry

/// Papers of the queue into the registry.
struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read papers that wait in the queue.",
        discussion: """
            Any number of these may run, on any number of machines, against one database; each takes papers that no other \
            has. One that dies leaves its papers to the others, two minutes later. A paper that fails is tried again after a \
            growing pause, five times in all, and is a dead letter then. Each paper has its effect once, however often it is \
            tried. Fill the queue with: claimboard ingest --queue FILE ...

            Exit status: 0 done, 1 failed, 2 wrong use, 3 some papers were refused, 130 interrupted; what was taken goes back.
            """
    )

    @Flag(name: .customLong("until-empty"), help: "End when nothing waits any more, instead of waiting for more.")
    var untilEmpty = false

    @Flag(name: .customLong("retry-dead"), help: "Before that, let the dead letters wait once more.")
    var retryDead = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How long a batch may take before other workers may have its papers.",
            valueName: "seconds"
        )
    )
    var lease = 120

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var talk: TalkOptions

    mutating func validate() throws {
        guard (1...86_400).contains(lease) else {
            throw ValidationError("--lease takes a number of seconds from 1 to 86400, not \(lease).")
        }
    }

    mutating func run() async throws {
        let command = self
        let logger = talk.logger()
        let (totals, dead) = try await Interruption.cancels {
            try await RegistrySession.with(command.database, logger: logger) { registry in
                if command.retryDead {
                    command.talk.say("\(try await registry.reviveDeadPapers()) dead letters wait once more")
                }
                var rules = QueueRules()
                rules.lease = .seconds(command.lease)
                let run = QueueRun(registry: registry, talk: command.talk, rules: rules)
                let totals = try await run.work(untilEmpty: command.untilEmpty)
                return (totals, try await registry.queueLength().dead)
            }
        }
        try StandardOutput.write(totals.text)
        if dead > 0 { command.talk.say("There are \(dead) dead letters; --retry-dead lets them wait once more.") }
        if totals.hasRefused { throw ExitStatus.refused }
    }
}
