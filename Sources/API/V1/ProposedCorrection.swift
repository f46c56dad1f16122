import Formats
import Registry

/// A correction as a client sends it.
enum ProposedCorrection {
    /// Reads a correction from JSON.
    ///
    /// - Throws: `invalid-content`.
    static func read(_ node: JSONNode) throws(Problem) -> CorrectionDraft {
        var object = try ObjectReader(node)
        let operation: CorrectionOperation? = object.choice("operation", isRequired: true)
        if let operation, !CorrectionOperation.proposable.contains(operation) {
            let list = CorrectionOperation.proposable.map(\.rawValue).joined(separator: ", ")
            object.refuse("operation", "Must be one of \(list).")
        }
        let reason = object.text(
            "reason",
            characters: 1...CorrectionLimits.reasonLength,
            isRequired: true,
            controls: .lines
        )
        let source = object.text("source_url", characters: 1...2048)
        if let source, !WebAddress.isWellFormed(source) {
            object.refuse("source_url", "Must be a web address in printable ASCII, such as https://example.org/paper.")
        }
        let base = object.integer("base_revision", in: 1...Int(Int32.max))
        let patch = object.take("patch") ?? .object([])
        let target = target(in: &object)
        try object.finish()
        guard let operation, let reason, let target else { throw Problem(.internalError) }
        return CorrectionDraft(
            operation,
            target,
            patch: patch,
            reason: reason,
            sourceURL: source,
            baseRevision: base
        )
    }

    /// `{"type": …}` with `id` or, for names, `slug`; with neither for what is to be made.
    private static func target(in object: inout ObjectReader) -> CorrectionTarget? {
        guard let node = object.take("target") else {
            object.refuse("target", "Must be given.")
            return nil
        }
        do throws(Problem) {
            var inner = try ObjectReader(node, at: "/target")
            let type: RecordType? = inner.choice("type", isRequired: true)
            let id = inner.integer("id", in: 1...Int.max)
            let slug = inner.text("slug", characters: 1...200)
            if id != nil && slug != nil { inner.refuse("slug", "Must not be given beside id.") }
            if let type, slug != nil, ![.benchmark, .metric, .model].contains(type) {
                inner.refuse("slug", "A \(type.rawValue) has no slug: give its id.")
            }
            try inner.finish()
            guard let type else { return nil }
            if let id { return .id(type, Int64(id)) }
            return slug.map { .name(type, $0) } ?? .new(type)
        } catch {
            object.refuse(error.parts)
            return nil
        }
    }
}
