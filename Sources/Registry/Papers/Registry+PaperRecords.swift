import Claims
internal import Postgres

// What was read from one paper, kind by kind.

extension Registry {
    func mentions(of paper: Int64) async throws -> [Recorded<BenchmarkMention, BenchmarkReference>] {
        let rows = try await client.read(
            """
            SELECT n.id, n.status, n.revision, n.set_by::text, b.id, b.slug, b.name, \(Columns.mention)
            FROM paper_benchmark n
            JOIN benchmark b ON b.id = n.benchmark_id
            WHERE n.paper_id = \(paper)
            ORDER BY n.evidence_source DESC, n.evidence_start, n.id
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            let benchmark = BenchmarkReference(
                id: try columns.next(),
                slug: try columns.next(),
                name: try columns.next()
            )
            return Recorded(
                id: id,
                reading: try BenchmarkMention(reading: &columns),
                target: benchmark,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    func sotaClaims(of paper: Int64) async throws -> [Recorded<SOTAClaim, ModelReference>] {
        let rows = try await client.read(
            """
            SELECT s.id, s.status, s.revision, s.set_by::text, \(Columns.model), \(Columns.sotaClaim)
            FROM sota_claim s
            LEFT JOIN model d ON d.id = s.model_id
            WHERE s.paper_id = \(paper)
            ORDER BY s.evidence_source DESC, s.evidence_start, s.id
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            let model = try columns.model()
            return Recorded(
                id: id,
                reading: try SOTAClaim(reading: &columns),
                target: model,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    func modelSizes(of paper: Int64) async throws -> [Recorded<ModelSize, ModelReference>] {
        let rows = try await client.read(
            """
            SELECT s.id, s.status, s.revision, s.set_by::text, \(Columns.model), \(Columns.modelSize)
            FROM model_size s
            LEFT JOIN model d ON d.id = s.model_id
            WHERE s.paper_id = \(paper)
            ORDER BY s.evidence_source DESC, s.evidence_start, s.id
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            let model = try columns.model()
            return Recorded(
                id: id,
                reading: try ModelSize(reading: &columns),
                target: model,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    func links(of paper: Int64) async throws -> [Recorded<Link, Never>] {
        let rows = try await client.read(
            """
            SELECT l.id, l.status, l.revision, l.set_by::text, \(Columns.link)
            FROM link l
            WHERE l.paper_id = \(paper)
            ORDER BY l.evidence_source DESC, l.evidence_start, l.id
            """
        )
        return try rows.map { row in
            var columns = ColumnReader(row)
            let (id, status, revision, setBy) = try Self.heading(&columns)
            return Recorded(
                id: id,
                reading: try Link(reading: &columns),
                target: nil,
                status: status,
                revision: revision,
                setBy: setBy
            )
        }
    }

    private static func heading(_ columns: inout ColumnReader) throws -> (Int64, RecordStatus, Int, String) {
        (try columns.next(), try columns.word(), try columns.next(), try columns.next())
    }
}
