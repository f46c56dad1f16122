import ArgumentParser
import Extraction
import Formats
import Registry

/// Corrections: the queue, proposals and decisions.
struct CorrectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "corrections",
        abstract: "List, propose and decide on corrections.",
        discussion: "Works on the database directly. --as names the account that acts; without it the operator does.",
        subcommands: [
            List.self, Show.self, Propose.self, Accept.self, Reject.self, Withdraw.self, Rebase.self, Revert.self,
            Comments.self,
        ]
    )

    /// Which correction, and who acts.
    struct Decision: ParsableArguments {
        @Argument(help: "The correction's id.")
        var id: Int64

        @Option(name: .long, help: "Why.")
        var reason: String?

        @Option(name: .customLong("as"), help: "The account that acts.")
        var account = Principal.operator.name

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        func run(_ body: @Sendable @escaping (Registry, Principal) async throws -> Correction) async throws {
            let account = account
            try await OperatorSession.run(database, talk) { registry in
                let correction = try await body(registry, try await CorrectionSession.principal(account, in: registry))
                try StandardOutput.write("\(correction.id)  \(correction.state.rawValue)\n")
            }
        }
    }

    /// The queue.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List corrections, the oldest first.")

        @Option(name: .long, help: "Only those in this state.")
        var state: CorrectionState?

        @Option(name: .long, help: "Only those about this benchmark.")
        var benchmark: String?

        @Option(name: .long, help: "Only those of this account.")
        var proposer: String?

        @OptionGroup var format: FormatOptions
        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            var query = CorrectionQuery(state: state)
            query.benchmark = benchmark
            query.proposer = proposer
            let (wanted, format) = (query, format.format)
            try await OperatorSession.run(database, talk) { registry in
                let corrections = try await OperatorSession.all { page in
                    var part = wanted
                    part.page = page
                    return try await registry.corrections(part)
                }
                try CorrectionText.write(corrections, as: format)
            }
        }
    }

    /// One correction.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a correction field by field, as JSON.")

        @Argument(help: "The correction's id.")
        var id: Int64

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let id = id
            try await OperatorSession.run(database, talk) { registry in
                guard let report = try await registry.correctionReport(id) else {
                    throw Failure("There is no correction \(id).")
                }
                try StandardOutput.write(json: report)
            }
        }
    }

    /// A proposal.
    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a correction.",
            discussion: """
                For example: claimboard corrections propose update claim 17 --patch '{"value": "78.73"}' \
                --reason "two digits were swapped" --as ann
                """
        )

        @Argument(help: "What to do.")
        var operation: CorrectionOperation

        @Argument(help: "The type of the record.")
        var type: RecordType

        @Argument(help: "Its id or, for benchmarks, metrics and models, its slug; none for create.")
        var target: String?

        @Option(name: .long, help: "The change: a JSON object.")
        var patch = "{}"

        @Option(name: .long, help: "Why.")
        var reason: String

        @Option(name: .long, help: "Where it can be looked up.")
        var source: String?

        @Option(name: .customLong("as"), help: "The account that proposes.")
        var account = Principal.operator.name

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var talk: TalkOptions

        mutating func run() async throws {
            let node = try CorrectionSession.patch(patch)
            let draft = CorrectionDraft(operation, place, patch: node, reason: reason, sourceURL: source)
            let account = account
            try await OperatorSession.run(database, talk) { registry in
                let principal = try await CorrectionSession.principal(account, in: registry)
                let correction = try await registry.propose(draft, by: principal)
                try StandardOutput.write("\(correction.id)  \(correction.state.rawValue)\n")
            }
        }

        private var place: CorrectionTarget {
            guard let target else { return .new(type) }
            let isName = [.benchmark, .metric, .model].contains(type)
            return isName ? .name(type, target) : .id(type, Int64(target) ?? 0)
        }
    }

    /// An acceptance.
    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Accept a correction and apply it.")

        @OptionGroup var decision: Decision
        @OptionGroup var guarding: GuardOptions

        mutating func run() async throws {
            let (id, reason, limits) = (decision.id, decision.reason, try guarding.limits())
            try await decision.run { registry, principal in
                let deciding = CorrectionSession.deciding(registry, limits)
                return try CorrectionSession.done(
                    try await deciding.acceptCorrection(id, reason: reason, by: principal)
                )
            }
        }
    }

    /// A rejection.
    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Turn a correction down.")

        @OptionGroup var decision: Decision

        mutating func run() async throws {
            let (id, reason) = (decision.id, decision.reason)
            guard let reason else { throw ValidationError("--reason must be given.") }
            try await decision.run { try await $0.rejectCorrection(id, reason: reason, by: $1) }
        }
    }

    /// A withdrawal.
    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an own correction back before it is decided on."
        )

        @OptionGroup var decision: Decision

        mutating func run() async throws {
            let (id, reason) = (decision.id, decision.reason)
            try await decision.run { try await $0.withdrawCorrection(id, reason: reason, by: $1) }
        }
    }

    /// A revert.
    struct Revert: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Undo an accepted correction by another one.")

        @OptionGroup var decision: Decision
        @OptionGroup var guarding: GuardOptions

        mutating func run() async throws {
            let (id, reason, limits) = (decision.id, decision.reason, try guarding.limits())
            guard let reason else { throw ValidationError("--reason must be given.") }
            try await decision.run { registry, principal in
                let deciding = CorrectionSession.deciding(registry, limits)
                return try CorrectionSession.done(
                    try await deciding.revertCorrection(id, reason: reason, by: principal)
                )
            }
        }
    }
}

/// What the commands about corrections share.
enum CorrectionSession {
    /// Who acts under a name.
    ///
    /// - Throws: `Failure` where there is no such account, or a disabled one.
    static func principal(_ name: String, in registry: Registry) async throws -> Principal {
        let account = try await OperatorSession.account(name, in: registry)
        guard account.disabledAt == nil else { throw Failure("The account \(name) is disabled.") }
        return Principal(accountID: account.id, name: account.name, role: account.role, scopes: account.role.scopes)
    }

    /// The change that `--patch` gives.
    ///
    /// - Throws: `ValidationError` for what is no JSON.
    static func patch(_ text: String) throws -> JSONNode {
        do {
            return try JSONParser.parse(Array(text.utf8))
        } catch {
            throw ValidationError("--patch is not JSON: at byte \(error.offset), \(error.message).")
        }
    }

    /// The registry with what a decision takes: its bounds, and a reader for corrected abstracts.
    static func deciding(_ registry: Registry, _ limits: CorrectionLimits) -> Registry {
        var deciding = registry
        deciding.correctionLimits = limits
        deciding.reader = { title, abstract in
            // Without the names that the registry knows the text is read all the same.
            let extractor = (try? await Extractor(knowing: registry)) ?? Extractor()
            return (extractor.extract(title: title, abstract: abstract), Extractor.version)
        }
        return deciding
    }

    /// The correction that came of an acceptance.
    ///
    /// - Throws: `Failure` for one whose target has moved on.
    static func done(_ acceptance: Acceptance) throws -> Correction {
        switch acceptance {
        case .applied(let correction), .seconded(let correction): return correction
        case .conflicted(let correction, let fields):
            let list = fields.filter(\.isConflict).map { $0.name + ($0.detail.map { ": " + $0 } ?? "") }
            throw Failure(
                "Correction \(correction.id) does not fit its target any more: \(list.joined(separator: "; "))."
            )
        }
    }
}

extension CorrectionState: ExpressibleByArgument {}
extension CorrectionOperation: ExpressibleByArgument {
    /// Reads an operation that can be proposed.
    package init?(argument: String) {
        guard let operation = Self.proposable.first(where: { $0.rawValue == argument }) else { return nil }
        self = operation
    }

    package static var allValueStrings: [String] { proposable.map(\.rawValue) }
}
extension RecordType: ExpressibleByArgument {}
