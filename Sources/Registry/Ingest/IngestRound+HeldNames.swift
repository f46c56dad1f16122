internal import Postgres

extension IngestRound {
    /// Holds the names that the records of stored papers point to, until the transaction ends: none of them is merged or
    /// split meanwhile.
    ///
    /// Whoever changes records of a stored paper calls it behind locking the paper. So whoever moves the records of a name
    /// has to wait for nobody's papers one by one, however many there are: it seizes the name alone. What is held are the
    /// rows of the aliases, which nobody changes under the log's lock but who has seized them.
    func holdNames(of papers: [Int64]) async throws {
        guard !papers.isEmpty else { return }
        var held: Set<NameID> = []
        var wanted = try Self.names(try await transaction.query(Self.pointedSQL(papers)))
        // Where a merge was waited for, the records point to another name by now.
        while !wanted.isSubset(of: held) {
            held.formUnion(wanted)
            let locks = NameKind.allCases.map { kind in
                Self.aliasesSQL(kind, wanted.filter { $0.kind == kind }.map(\.id).sorted(), lock: "FOR KEY SHARE")
            }
            let rows = try await transaction.batch(locks + [Self.pointedSQL(papers)])
            wanted = try rows.last.map(Self.names) ?? []
        }
    }

    /// Takes a name for a move of its records, once nobody holds it any more.
    func seize(_ name: NameID) async throws {
        _ = try await transaction.query(Self.aliasesSQL(name.kind, [name.id], lock: "FOR UPDATE"))
    }

    private static func aliasesSQL(_ kind: NameKind, _ ids: [Int64], lock: SQL) -> SQL {
        """
        SELECT 1 FROM \(unescaped: kind.rawValue)_alias a
        WHERE a.\(unescaped: kind.rawValue)_id = ANY (\(ids)::bigint[])
        ORDER BY a.name_key
        \(lock)
        """
    }

    private static func pointedSQL(_ papers: [Int64]) -> SQL {
        """
        SELECT 'benchmark', cb.benchmark_id
        FROM claim c JOIN claim_benchmark cb ON cb.claim_id = c.id WHERE c.paper_id = ANY (\(papers)::bigint[])
        UNION
        SELECT 'benchmark', sb.benchmark_id
        FROM sota_claim s JOIN sota_claim_benchmark sb ON sb.sota_claim_id = s.id
        WHERE s.paper_id = ANY (\(papers)::bigint[])
        UNION
        SELECT 'benchmark', n.benchmark_id FROM paper_benchmark n WHERE n.paper_id = ANY (\(papers)::bigint[])
        UNION
        SELECT 'metric', c.metric_id FROM claim c
        WHERE c.paper_id = ANY (\(papers)::bigint[]) AND c.metric_id IS NOT NULL
        UNION
        SELECT 'model', m.model_id
        FROM (
            SELECT c.paper_id, c.model_id FROM claim c
            UNION ALL
            SELECT s.paper_id, s.model_id FROM sota_claim s
            UNION ALL
            SELECT z.paper_id, z.model_id FROM model_size z
        ) m
        WHERE m.paper_id = ANY (\(papers)::bigint[]) AND m.model_id IS NOT NULL
        """
    }

    private static func names(_ rows: Rows) throws -> Set<NameID> {
        Set(
            try rows.map { row in
                var columns = ColumnReader(row)
                return NameID(kind: try columns.word(), id: try columns.next())
            }
        )
    }
}
