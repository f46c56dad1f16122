import Claims
internal import Postgres

extension ExtractedClaim: StoredReading {
    static let table = "claim"
    static let ownColumns: SQL =
        """
        value, value_high, unit, kind, relative, bound, metric, metric_id, aggregate, subject,
        model_id, baseline
        """
    static let childTable: ChildTable? = ChildTable(
        name: "claim_benchmark",
        parent: "claim_id",
        columns: "name, benchmark_id"
    )

    func matchKeys(_ names: ReadingNames) -> [[String]] {
        let number = [value.description, valueHigh?.description ?? "", unit, kind.rawValue]
        let benchmarks = names.benchmarks.map(String.init).joined(separator: " ")
        let place = [metric ?? "", evidence.source.rawValue, evidence.text]
        return [number + [benchmarks] + place, number + [benchmarks, metric ?? ""], number + [benchmarks], number]
    }

    mutating func keep(_ fields: Set<String>, of stored: ExtractedClaim) {
        for field in fields {
            switch field {
            case "value": value = stored.value
            case "value_high": valueHigh = stored.valueHigh
            case "unit": unit = stored.unit
            case "kind": kind = stored.kind
            case "relative": relative = stored.relative
            case "bound": bound = stored.bound
            case "metric": metric = stored.metric
            case "benchmarks": benchmarks = stored.benchmarks
            case "aggregate": aggregate = stored.aggregate
            case "subject": subject = stored.subject
            case "baseline": baseline = stored.baseline
            case "evidence": evidence = stored.evidence
            default: continue
            }
        }
        if fields.contains("kind") || fields.contains("relative") { relative = kind == .score ? nil : relative }
    }

    static func append(_ row: RecordRow<Self>, to copy: inout CopyText) {
        let reading = row.reading
        append(
            row,
            reading.value.description,
            reading.valueHigh?.description,
            reading.unit,
            reading.kind.rawValue,
            reading.kind == .change ? reading.relative : nil,
            reading.bound.rawValue,
            reading.metric,
            row.names.metric,
            reading.aggregate?.rawValue,
            reading.subject,
            row.names.target,
            reading.baseline,
            to: &copy
        )
    }

    static func appendChildren(of row: RecordRow<Self>, id: Int64, to copy: inout CopyText) {
        for (index, benchmark) in zip(row.reading.benchmarks, row.names.benchmarks).enumerated() {
            copy.append(id, index + 1, benchmark.0, benchmark.1)
        }
    }

    static let storedColumns: SQL =
        """
        \(Columns.claim), c.model_id, c.metric_id,
        ARRAY(SELECT cb.benchmark_id FROM claim_benchmark cb WHERE cb.claim_id = c.id ORDER BY cb.position)
        """
    static let alias = "c"

    static func read(_ columns: inout ColumnReader) throws(PostgresError) -> (ExtractedClaim, ReadingNames) {
        let reading = try ExtractedClaim(reading: &columns)
        return (
            reading,
            ReadingNames(target: try columns.next(), metric: try columns.next(), benchmarks: try columns.next())
        )
    }
}

extension SOTAClaim: StoredReading {
    static let table = "sota_claim"
    static let ownColumns: SQL = "strength, subject, model_id"
    static let childTable: ChildTable? = ChildTable(
        name: "sota_claim_benchmark",
        parent: "sota_claim_id",
        columns: "name, benchmark_id"
    )

    func matchKeys(_ names: ReadingNames) -> [[String]] {
        let benchmarks = names.benchmarks.map(String.init).joined(separator: " ")
        return [
            [strength.rawValue, benchmarks, subject ?? "", evidence.text], [strength.rawValue, benchmarks],
            [strength.rawValue, evidence.text],
        ]
    }

    mutating func keep(_ fields: Set<String>, of stored: SOTAClaim) {
        if fields.contains("strength") { strength = stored.strength }
        if fields.contains("evidence") { evidence = stored.evidence }
        if fields.contains("subject") { subject = stored.subject }
        if fields.contains("benchmarks") { benchmarks = stored.benchmarks }
    }

    static func append(_ row: RecordRow<Self>, to copy: inout CopyText) {
        let reading = row.reading
        append(
            row,
            reading.strength.rawValue,
            reading.subject,
            row.names.target,
            to: &copy
        )
    }

    static func appendChildren(of row: RecordRow<Self>, id: Int64, to copy: inout CopyText) {
        for (index, benchmark) in zip(row.reading.benchmarks, row.names.benchmarks).enumerated() {
            copy.append(id, index + 1, benchmark.0, benchmark.1)
        }
    }

    static let storedColumns: SQL =
        """
        \(Columns.sotaClaim), s.model_id,
        ARRAY(SELECT sb.benchmark_id FROM sota_claim_benchmark sb WHERE sb.sota_claim_id = s.id ORDER BY sb.position)
        """
    static let alias = "s"

    static func read(_ columns: inout ColumnReader) throws(PostgresError) -> (SOTAClaim, ReadingNames) {
        let reading = try SOTAClaim(reading: &columns)
        return (reading, ReadingNames(target: try columns.next(), benchmarks: try columns.next()))
    }
}

extension ModelSize: StoredReading {
    static let table = "model_size"
    static let ownColumns: SQL = "model, model_id, parameters, parameters_high, bound"
    static let childTable: ChildTable? = nil

    func matchKeys(_ names: ReadingNames) -> [[String]] {
        let size = [String(parameters), parametersHigh.map(String.init) ?? ""]
        return [size + [model ?? ""], names.target.map { ["model", String($0)] } ?? size]
    }

    mutating func keep(_ fields: Set<String>, of stored: ModelSize) {
        if fields.contains("model") { model = stored.model }
        if fields.contains("evidence") { evidence = stored.evidence }
        if fields.contains("parameters") { parameters = stored.parameters }
        if fields.contains("parameters_high") { parametersHigh = stored.parametersHigh }
        if fields.contains("bound") { bound = stored.bound }
    }

    static func append(_ row: RecordRow<Self>, to copy: inout CopyText) {
        let reading = row.reading
        append(
            row,
            reading.model,
            row.names.target,
            reading.parameters,
            reading.parametersHigh,
            reading.bound.rawValue,
            to: &copy
        )
    }

    static let storedColumns: SQL = "\(Columns.modelSize), s.model_id"
    static let alias = "s"

    static func read(_ columns: inout ColumnReader) throws(PostgresError) -> (ModelSize, ReadingNames) {
        let reading = try ModelSize(reading: &columns)
        return (reading, ReadingNames(target: try columns.next()))
    }
}

extension Link: StoredReading {
    static let table = "link"
    static let ownColumns: SQL = "url, kind"
    static let childTable: ChildTable? = nil

    func matchKeys(_ names: ReadingNames) -> [[String]] {
        [[url, kind.rawValue], [url]]
    }

    mutating func keep(_ fields: Set<String>, of stored: Link) {
        if fields.contains("url") { url = stored.url }
        if fields.contains("evidence") { evidence = stored.evidence }
        if fields.contains("kind") { kind = stored.kind }
    }

    static func append(_ row: RecordRow<Self>, to copy: inout CopyText) {
        let reading = row.reading
        append(
            row,
            reading.url,
            reading.kind.rawValue,
            to: &copy
        )
    }

    static let storedColumns: SQL = Columns.link
    static let alias = "l"

    static func read(_ columns: inout ColumnReader) throws(PostgresError) -> (Link, ReadingNames) {
        (try Link(reading: &columns), ReadingNames())
    }
}

extension BenchmarkMention: StoredReading {
    static let table = "paper_benchmark"
    static let ownColumns: SQL = "name, full_name, benchmark_id, role"
    static let childTable: ChildTable? = ChildTable(
        name: "benchmark_count",
        parent: "paper_benchmark_id",
        columns: "count, of"
    )

    func matchKeys(_ names: ReadingNames) -> [[String]] {
        [[name, role.rawValue], [name], ["benchmark", names.target.map(String.init) ?? name]]
    }

    mutating func keep(_ fields: Set<String>, of stored: BenchmarkMention) {
        if fields.contains("name") { name = stored.name }
        if fields.contains("evidence") { evidence = stored.evidence }
        if fields.contains("full_name") { fullName = stored.fullName }
        if fields.contains("role") { role = stored.role }
        if fields.contains("counts") { counts = stored.counts }
    }

    static func append(_ row: RecordRow<Self>, to copy: inout CopyText) {
        let reading = row.reading
        append(
            row,
            reading.name,
            reading.fullName,
            row.names.target,
            reading.role.rawValue,
            to: &copy
        )
    }

    static func appendChildren(of row: RecordRow<Self>, id: Int64, to copy: inout CopyText) {
        for (index, count) in row.reading.counts.enumerated() {
            copy.append(id, index + 1, count.count, count.of)
        }
    }

    static let storedColumns: SQL = "\(Columns.mention), n.benchmark_id"
    static let alias = "n"

    static func read(_ columns: inout ColumnReader) throws(PostgresError) -> (BenchmarkMention, ReadingNames) {
        let reading = try BenchmarkMention(reading: &columns)
        return (reading, ReadingNames(target: try columns.next()))
    }
}
