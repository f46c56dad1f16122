import Claims
internal import Postgres

extension IngestRound {
    /// What was written of a round's papers.
    struct Written: Sendable {
        /// How many active records each paper has.
        var counts: [RecordCounts]
        /// The models whose stated sizes may have changed.
        var models: Set<Int64>
    }

    /// Writes all records of a round's papers.
    func writeRecords(_ work: [Work], names: RoundNames) async throws -> Written {
        let now = try await transaction.query("SELECT now()::text").value(String.self)
        let builder = RowBuilder(work: work, names: names, now: now)
        let known = work.filter { !$0.isNew }.map(\.id)
        var counts = [RecordCounts](repeating: RecordCounts(), count: work.count)
        let claims = try await plans(work, known: known, found: builder.claims)
        let mentions = try await plans(work, known: known, found: builder.mentions)
        let sotaClaims = try await plans(work, known: known, found: builder.sotaClaims)
        let modelSizes = try await plans(work, known: known, found: builder.modelSizes)
        let links = try await plans(work, known: known, found: builder.links)
        try await write(claims)
        try await write(mentions)
        try await write(sotaClaims)
        try await write(modelSizes)
        try await write(links)
        for position in work.indices {
            counts[position].claims = claims[position].activeCount
            counts[position].benchmarks = mentions[position].activeCount
            counts[position].sotaClaims = sotaClaims[position].activeCount
            counts[position].modelSizes = modelSizes[position].activeCount
            counts[position].links = links[position].activeCount
        }
        let sizes = modelSizes.flatMap { $0.written + $0.retired }
        return Written(counts: counts, models: Set(sizes.compactMap(\.names.target)))
    }

    /// What is to become of each paper's records of one kind.
    private func plans<Reading: CorrectableReading>(
        _ work: [Work],
        known: [Int64],
        found: (Int) -> [RecordRow<Reading>]
    ) async throws -> [RecordPlan<Reading>] {
        let stored = try await storedRows(of: known, as: Reading.self)
        return work.indices.map { RecordPlan(stored: stored[work[$0].id] ?? [], found: found($0)) }
    }

    /// The records of papers as they stand, oldest first.
    func storedRows<Reading: StoredReading>(
        of papers: [Int64],
        as kind: Reading.Type
    ) async throws -> [Int64: [RecordRow<Reading>]] {
        guard !papers.isEmpty else { return [:] }
        let t = Reading.alias
        let rows = try await transaction.query(
            """
            SELECT
                \(unescaped: t).id, \(unescaped: t).paper_id, \(unescaped: t).extractor_id, \(unescaped: t).status,
                \(unescaped: t).set_by::text, ARRAY(SELECT jsonb_object_keys(\(unescaped: t).set_by)),
                \(unescaped: t).created_at::text, \(Reading.storedColumns)
            FROM \(unescaped: Reading.table) \(unescaped: t)
            WHERE \(unescaped: t).paper_id = ANY (\(papers)::bigint[])
            ORDER BY \(unescaped: t).id
            """
        )
        let records = try rows.map { row in
            var columns = ColumnReader(row)
            let id = try columns.next(Int64.self)
            let paperID = try columns.next(Int64.self)
            let extractorID = try columns.next(Int.self)
            let status = try columns.word(RecordStatus.self)
            let setBy = try columns.next(String.self)
            let fieldsSet = Set(try columns.next([String].self))
            let createdAt = try columns.next(String.self)
            let (reading, names) = try Reading.read(&columns)
            return RecordRow(
                id: id,
                paperID: paperID,
                reading: reading,
                names: names,
                extractorID: extractorID,
                status: status,
                setBy: setBy,
                fieldsSet: fieldsSet,
                createdAt: createdAt
            )
        }
        return Dictionary(grouping: records, by: \.paperID)
    }

    /// Puts plans of one kind into its table.
    ///
    /// A record that changes is taken out and put in again under its id.
    func write<Reading: CorrectableReading>(_ plans: [RecordPlan<Reading>]) async throws {
        var rows = plans.flatMap(\.written)
        let replaced = rows.compactMap(\.id)
        let retired = plans.flatMap(\.retired).compactMap(\.id)
        let table = Reading.table
        if !replaced.isEmpty {
            try await transaction.execute(
                "DELETE FROM \(unescaped: table) WHERE id = ANY (\(replaced)::bigint[])"
            )
        }
        if !retired.isEmpty {
            try await transaction.execute(
                "UPDATE \(unescaped: table) SET status = 'retired' WHERE id = ANY (\(retired)::bigint[])"
            )
        }
        guard !rows.isEmpty else { return }
        var newIDs = try await newIDs(rows.count - replaced.count, of: table)[...]
        var copy = CopyText()
        var children = CopyText()
        for index in rows.indices {
            if rows[index].id == nil { rows[index].id = newIDs.popFirst() }
            guard let id = rows[index].id else { continue }
            Reading.append(rows[index], to: &copy)
            Reading.appendChildren(of: rows[index], id: id, to: &children)
        }
        try await transaction.copyIn(
            "COPY \(unescaped: table) (\(Reading.sharedColumns), \(Reading.ownColumns)) FROM STDIN",
            copy
        )
        if let child = Reading.childTable, !children.bytes.isEmpty {
            try await transaction.copyIn(
                "COPY \(unescaped: child.name) (\(unescaped: child.parent), position, \(unescaped: child.columns)) FROM STDIN",
                children
            )
        }
    }
}

/// Makes rows of what was read, paper by paper.
struct RowBuilder: Sendable {
    let work: [IngestRound.Work]
    let names: RoundNames
    /// The transaction's time, as the database prints it.
    let now: String?

    /// The claims of the paper at a position, in the order of the text.
    func claims(_ position: Int) -> [RecordRow<ExtractedClaim>] {
        records(position).claims.map { claim in
            let meant = ReadingNames(
                target: names.model(claim.subject),
                metric: names.metric(claim.metric),
                benchmarks: claim.benchmarks.map { names.benchmark($0, paper: position) }
            )
            return row(claim, meant, position)
        }
    }

    /// The benchmarks that the paper at a position names.
    func mentions(_ position: Int) -> [RecordRow<BenchmarkMention>] {
        records(position).benchmarks.map {
            row($0, ReadingNames(target: names.benchmark($0.name, paper: position)), position)
        }
    }

    /// The statements of the paper at a position.
    func sotaClaims(_ position: Int) -> [RecordRow<SOTAClaim>] {
        records(position).sotaClaims.map { claim in
            let meant = ReadingNames(
                target: names.model(claim.subject),
                benchmarks: claim.benchmarks.map { names.benchmark($0, paper: position) }
            )
            return row(claim, meant, position)
        }
    }

    /// The model sizes in the paper at a position.
    func modelSizes(_ position: Int) -> [RecordRow<ModelSize>] {
        records(position).modelSizes.map { row($0, ReadingNames(target: names.model($0.model)), position) }
    }

    /// The links in the paper at a position.
    func links(_ position: Int) -> [RecordRow<Link>] {
        records(position).links.map { row($0, ReadingNames(), position) }
    }

    private func records(_ position: Int) -> ExtractedRecords { work[position].paper.input.records }

    private func row<Reading>(_ reading: Reading, _ names: ReadingNames, _ position: Int) -> RecordRow<Reading> {
        RecordRow(
            paperID: work[position].id,
            reading: reading,
            names: names,
            extractorID: work[position].extractorID,
            createdAt: now
        )
    }
}
