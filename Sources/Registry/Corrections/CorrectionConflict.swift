import Formats

extension CorrectionConflict {
    /// What a refusal says, field by field.
    init(_ fault: CorrectionFault) {
        let parts = fault.pointer.split(separator: "/").map(String.init)
        // What is wrong with operation or target as a whole is that the target is not in a state for it.
        field = parts.count > 1 && parts[0] == "patch" ? parts[1] : "status"
        detail = fault.detail
    }

    /// Reads the `conflict` column.
    static func list(_ node: JSONNode?) -> [CorrectionConflict] {
        guard case .array(let elements)? = node else { return [] }
        return elements.compactMap { element in
            guard case .string(let field)? = element["field"], case .string(let detail)? = element["detail"] else {
                return nil
            }
            return CorrectionConflict(field: field, detail: detail)
        }
    }

    /// The JSON for the column.
    static func json(_ conflicts: [CorrectionConflict]) -> String {
        JSONNode.array(
            conflicts.map { .object([("field", .string($0.field)), ("detail", .string($0.detail))]) }
        ).text
    }
}

extension Correction {
    /// Marks the fields by which it was found not to fit.
    func marking(_ fields: [CorrectedField], current: JSONNode?) -> [CorrectedField] {
        var fields = fields
        for conflict in conflicts {
            if let index = fields.firstIndex(where: { $0.name == conflict.field }) {
                fields[index].isConflict = true
                fields[index].detail = conflict.detail
            } else {
                fields.append(
                    CorrectedField(
                        name: conflict.field,
                        base: base[conflict.field] ?? .null,
                        current: current?[conflict.field],
                        proposed: proposed(conflict.field, current: current?[conflict.field]),
                        isConflict: true,
                        detail: conflict.detail
                    )
                )
            }
        }
        return fields
    }
}
