import Claims
internal import Postgres

// How each kind of reading is read back from its columns, in the order in which they are named here.

extension ModelSize {
    /// Reads model, parameters, parameters_high, bound, evidence, confidence, rules.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        self.init(
            model: try columns.next(),
            parameters: try columns.next(),
            parametersHigh: try columns.next(),
            bound: try columns.word(),
            evidence: try columns.evidence(),
            confidence: try columns.next(),
            rules: try columns.next()
        )
    }
}

extension Link {
    /// Reads url, kind, evidence, confidence, rules.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        self.init(
            url: try columns.next(),
            kind: try columns.word(),
            evidence: try columns.evidence(),
            confidence: try columns.next(),
            rules: try columns.next()
        )
    }
}

extension SOTAClaim {
    /// Reads strength, subject, the benchmarks' names, evidence, confidence, rules.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        self.init(
            strength: try columns.word(),
            subject: try columns.next(),
            benchmarks: try columns.next(),
            evidence: try columns.evidence(),
            confidence: try columns.next(),
            rules: try columns.next()
        )
    }
}

extension BenchmarkMention {
    /// Reads name, full_name, role, the counts, the nouns counted, evidence, confidence, rules.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        let name = try columns.next(String.self)
        let fullName = try columns.next(String?.self)
        let role = try columns.word(BenchmarkRole.self)
        let counts = try columns.next([Int].self)
        let nouns = try columns.next([String].self)
        self.init(
            name: name,
            fullName: fullName,
            role: role,
            counts: zip(counts, nouns).map { BenchmarkCount(count: $0, of: $1) },
            evidence: try columns.evidence(),
            confidence: try columns.next(),
            rules: try columns.next()
        )
    }
}

extension ExtractedClaim {
    /// Reads value, value_high, unit, kind, relative, bound, metric, the benchmarks' names, aggregate, subject,
    /// baseline, evidence, confidence, rules.
    init(reading columns: inout ColumnReader) throws(PostgresError) {
        self.init(
            value: try columns.decimal(),
            valueHigh: try columns.decimalIfAny(),
            unit: try columns.next(),
            kind: try columns.word(),
            relative: try columns.next(),
            bound: try columns.word(),
            metric: try columns.next(),
            benchmarks: try columns.next(),
            aggregate: try columns.wordIfAny(),
            subject: try columns.next(),
            baseline: try columns.next(),
            evidence: try columns.evidence(),
            confidence: try columns.next(),
            rules: try columns.next()
        )
    }
}

extension Columns {
    /// For ``Claims/ModelSize/init(reading:)``, of a table named `s`.
    static let modelSize: SQL =
        "s.model, s.parameters, s.parameters_high, s.bound, \(evidence("s")), s.confidence, s.rules"
    /// For ``Claims/Link/init(reading:)``, of a table named `l`.
    static let link: SQL = "l.url, l.kind, \(evidence("l")), l.confidence, l.rules"
    /// For ``Claims/SOTAClaim/init(reading:)``, of a table named `s`.
    static let sotaClaim: SQL =
        """
        s.strength, s.subject,
        ARRAY(SELECT sb.name FROM sota_claim_benchmark sb WHERE sb.sota_claim_id = s.id ORDER BY sb.position),
        \(evidence("s")), s.confidence, s.rules
        """
    /// For ``Claims/BenchmarkMention/init(reading:)``, of a table named `n`.
    static let mention: SQL =
        """
        n.name, n.full_name, n.role,
        ARRAY(SELECT k.count FROM benchmark_count k WHERE k.paper_benchmark_id = n.id ORDER BY k.position),
        ARRAY(SELECT k.of FROM benchmark_count k WHERE k.paper_benchmark_id = n.id ORDER BY k.position),
        \(evidence("n")), n.confidence, n.rules
        """
    /// For ``Claims/ExtractedClaim/init(reading:)``, of a table named `c`.
    static let claim: SQL =
        """
        c.value, c.value_high, c.unit, c.kind, c.relative, c.bound, c.metric,
        ARRAY(SELECT cb.name FROM claim_benchmark cb WHERE cb.claim_id = c.id ORDER BY cb.position),
        c.aggregate, c.subject, c.baseline, \(evidence("c")), c.confidence, c.rules
        """
}
