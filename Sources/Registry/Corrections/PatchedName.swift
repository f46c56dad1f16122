import Claims
import Formats

/// What a patch makes of a benchmark, metric or model.
struct PatchedName: Sendable, Hashable {
    var name: String?
    var slug: String?
    /// All the names that it goes by beside its own.
    var aliases: [String]?
    /// Of a benchmark.
    var kind: String??
    /// Of a benchmark.
    var description: String??
    /// Of a benchmark.
    var url: String??
    /// Of a metric.
    var direction: MetricDirection?
    /// Of a metric.
    var usualUnit: String??

    /// No change.
    init() {}

    /// Reads a patch that changes fields or makes a record.
    ///
    /// - Throws: `CorrectionRefused` with all that is wrong.
    init(_ patch: JSONNode, kind type: NameKind, isNew: Bool) throws(CorrectionRefused) {
        var reader = PatchReader(patch)
        var patched = PatchedName()
        if isNew {
            reader.require(["name"])
        } else if reader.names.isEmpty {
            reader.refuse("", "Must have at least one member.")
        }
        reader.member("name", Self.printed) { patched.name = $0 }
        reader.member("slug", Self.slug) { patched.slug = $0 }
        reader.member("aliases", PatchValue.list(of: Self.printed, maximum: 200)) { patched.aliases = $0 }
        switch type {
        case .benchmark:
            reader.member("kind", PatchValue.optional(PatchValue.text(100))) { patched.kind = .some($0) }
            reader.member("description", PatchValue.optional(PatchValue.text(10_000))) {
                patched.description = .some($0)
            }
            reader.member("url", PatchValue.optional(PatchValue.webAddress)) { patched.url = .some($0) }
        case .metric:
            reader.member("direction", PatchValue.word()) { patched.direction = $0 }
            reader.member("usual_unit", PatchValue.optional(PatchValue.text(IngestLimits.unitBytes))) {
                patched.usualUnit = .some($0)
            }
        case .model: break
        }
        reader.finish()
        guard reader.faults.isEmpty else { throw CorrectionRefused(faults: reader.faults) }
        self = patched
    }

    /// A name that can be known by its key.
    static func printed(_ node: JSONNode) throws(CorrectionFault) -> String {
        let text = try PatchValue.text(IngestLimits.nameBytes)(node)
        guard !NameKey(text).description.isEmpty else {
            throw CorrectionFault("", "Must have a letter or digit in it.")
        }
        return text
    }

    private static func slug(_ node: JSONNode) throws(CorrectionFault) -> String {
        guard case .string(let text) = node, (1...100).contains(text.utf8.count),
            text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy({ part in
                !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
            })
        else {
            throw CorrectionFault("", "Must be lower-case letters, digits and single hyphens, at most 100.")
        }
        return text
    }
}
