import Claims

/// The JSON Schema of an answer, in the part of the language that endpoints with structured output understand: every
/// member required, none beside them.
enum AnswerSchema {
    /// The schema, as a tree that Foundation can write as JSON.
    static var value: [String: Any] {
        object([
            "benchmarks": list([
                "name": string, "full_name": stringOrNull, "role": words(BenchmarkRole.self),
                "counts": list(["count": integer, "of": string]), "evidence": string,
            ]),
            "results": list([
                "value": string, "value_high": stringOrNull, "unit": string, "kind": words(ClaimKind.self),
                "relative": ["type": ["boolean", "null"]], "bound": words(Bound.self), "metric": stringOrNull,
                "benchmarks": names, "aggregate": wordsOrNull(Aggregate.self), "subject": stringOrNull,
                "baseline": stringOrNull, "evidence": string,
            ]),
            "sota": list([
                "strength": words(SOTAStrength.self), "subject": stringOrNull, "benchmarks": names, "evidence": string,
            ]),
            "model_sizes": list([
                "model": stringOrNull, "parameters": integer, "parameters_high": ["type": ["integer", "null"]],
                "bound": words(Bound.self), "evidence": string,
            ]),
            "links": list(["url": string, "kind": words(LinkKind.self), "evidence": string]),
        ])
    }

    private static var string: [String: Any] { ["type": "string"] }
    private static var stringOrNull: [String: Any] { ["type": ["string", "null"]] }
    private static var integer: [String: Any] { ["type": "integer"] }
    private static var names: [String: Any] { ["type": "array", "items": string] }

    private static func words<Word: RawRepresentable<String> & CaseIterable>(_: Word.Type) -> [String: Any] {
        ["type": "string", "enum": Word.allCases.map(\.rawValue)]
    }

    private static func wordsOrNull<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> [String: Any] {
        ["anyOf": [words(type), ["type": "null"]]]
    }

    private static func list(_ members: [String: Any]) -> [String: Any] {
        ["type": "array", "items": object(members)]
    }

    private static func object(_ members: [String: Any]) -> [String: Any] {
        [
            "type": "object", "properties": members, "required": members.keys.sorted(),
            "additionalProperties": false,
        ]
    }
}
