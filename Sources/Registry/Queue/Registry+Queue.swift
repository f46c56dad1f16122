import Claims
internal import Postgres

extension Registry {
    /// Puts papers into the queue, in one transaction.
    ///
    /// - Throws: `RegistryError` (unavailable).
    package func enqueue(_ papers: [QueuedPaper]) async throws {
        var rows = CopyText()
        for queued in papers {
            rows.append(
                queued.paper.title,
                queued.paper.abstract,
                queued.paper.identifiers.map(\.description),
                queued.paper.published?.description,
                queued.paper.url,
                queued.paper.label,
                queued.source.file,
                queued.source.line
            )
        }
        do {
            try await client.transaction { [rows] transaction in
                _ = try await transaction.copyIn(
                    """
                    COPY paper_task (title, abstract, identifiers, published, url, label, source_file, source_line)
                    FROM STDIN
                    """,
                    rows
                )
            }
        } catch {
            throw Database.translated(error)
        }
    }

    /// How many papers wait, without counting them.
    ///
    /// - Throws: `RegistryError` (unavailable).
    package func queueLength() async throws -> QueueLength {
        let rows = try await client.readPresent(
            """
            SELECT
                (SELECT coalesce(max(t.id) - min(t.id) + 1, 0) FROM paper_task t WHERE t.died_at IS NULL),
                (SELECT count(*) FROM paper_task t WHERE t.died_at IS NOT NULL)
            """
        )
        guard let row = rows.first else { return QueueLength(waiting: 0, dead: 0) }
        return QueueLength(waiting: try row.decode(column: 0), dead: try row.decode(column: 1))
    }

    /// Takes papers that are due, which nobody else gets until the lease is over.
    ///
    /// Papers whose workers have died or failed twice come alone, so that one that brings a worker down takes no others
    /// along.
    ///
    /// - Parameters:
    ///   - limit: how many at most.
    ///   - rules: for how long, and when to give up.
    /// - Returns: the papers; none where nothing is due.
    /// - Throws: `RegistryError` (unavailable).
    package func takeFromQueue(limit: Int, rules: QueueRules = QueueRules()) async throws -> QueueLease {
        let word = "\(UInt64.random(in: .min ... .max))"
        do {
            let rows = try await client.transaction { transaction in
                let fresh = try await transaction.query(Self.takeSQL(word, "attempts < 2", limit: limit, rules))
                if !fresh.isEmpty { return fresh }
                // Only now, because it looks at all that is due.
                try await transaction.execute(
                    """
                    UPDATE paper_task SET died_at = now(), error = coalesce(error, 'its workers ended without a word')
                    WHERE died_at IS NULL AND due_at <= now() AND attempts >= \(rules.attempts)
                    """
                )
                return try await transaction.query(Self.takeSQL(word, "attempts >= 2", limit: 1, rules))
            }
            let tasks = try rows.map(Self.task)
            return QueueLease(word: word, ids: tasks.map(\.id), papers: tasks.map(\.paper))
        } catch {
            throw Database.translated(error)
        }
    }

    /// Tells that the papers of a lease are kept, and which were refused; these become dead letters.
    ///
    /// - Parameters:
    ///   - lease: what was taken.
    ///   - outcomes: one a paper.
    /// - Throws: `RegistryError` (unavailable): they are then taken again, which changes nothing.
    package func finish(_ lease: QueueLease, _ outcomes: [IngestOutcome]) async throws {
        var kept: [Int64] = []
        var refused: [(id: Int64, reason: String)] = []
        for (id, outcome) in zip(lease.ids, outcomes) {
            if case .refused(let reason) = outcome.result { refused.append((id, reason)) } else { kept.append(id) }
        }
        do {
            try await client.transaction { [kept, refused] transaction in
                try await transaction.execute(
                    "DELETE FROM paper_task WHERE id = ANY (\(kept)::bigint[]) AND lease = \(lease.word)"
                )
                guard !refused.isEmpty else { return }
                try await transaction.execute(
                    """
                    UPDATE paper_task t SET died_at = now(), error = r.reason
                    FROM unnest(\(refused.map(\.id))::bigint[], \(refused.map(\.reason))::text[]) AS r (id, reason)
                    WHERE t.id = r.id AND t.lease = \(lease.word)
                    """
                )
            }
        } catch {
            throw Database.translated(error)
        }
    }

    /// Gives papers back after a failure, to be tried again after a pause that grows.
    ///
    /// - Parameters:
    ///   - lease: what was taken.
    ///   - reason: what went wrong, kept with the papers; `nil` for a worker that is stopped, which counts for nothing.
    ///   - rules: how long the pause is.
    /// - Throws: `RegistryError` (unavailable): others have them when the lease is over.
    package func giveBack(_ lease: QueueLease, because reason: String?, rules: QueueRules = QueueRules()) async throws {
        do {
            try await client.transaction { transaction in
                if let reason {
                    try await transaction.execute(
                        """
                        UPDATE paper_task SET
                            error = \(reason), lease = NULL,
                            due_at = now() + make_interval(secs => \(rules.pause.seconds) * power(2, attempts - 1))
                        WHERE lease = \(lease.word) AND id = ANY (\(lease.ids)::bigint[])
                        """
                    )
                } else {
                    try await transaction.execute(
                        """
                        UPDATE paper_task SET lease = NULL, due_at = now(), attempts = attempts - 1
                        WHERE lease = \(lease.word) AND id = ANY (\(lease.ids)::bigint[])
                        """
                    )
                }
            }
        } catch {
            throw Database.translated(error)
        }
    }

    /// Makes dead letters papers that wait once more.
    ///
    /// - Returns: how many there were.
    /// - Throws: `RegistryError` (unavailable).
    package func reviveDeadPapers() async throws -> Int {
        do {
            return try await client.transaction { transaction in
                try await transaction.execute(
                    """
                    UPDATE paper_task SET died_at = NULL, attempts = 0, error = NULL, lease = NULL, due_at = now()
                    WHERE died_at IS NOT NULL
                    """
                )
            }
        } catch {
            throw Database.translated(error)
        }
    }

    private static func takeSQL(_ word: String, _ condition: String, limit: Int, _ rules: QueueRules) -> SQL {
        """
        UPDATE paper_task t SET
            lease = \(word), attempts = t.attempts + 1,
            due_at = now() + make_interval(secs => \(rules.lease.seconds))
        FROM (
            SELECT d.id FROM paper_task d
            WHERE d.died_at IS NULL AND d.due_at <= now() AND d.\(unescaped: condition)
            ORDER BY d.due_at, d.id
            LIMIT \(limit)
            FOR UPDATE SKIP LOCKED
        ) due
        WHERE t.id = due.id
        RETURNING
            t.id, t.title, t.abstract, t.identifiers, t.published, t.url, t.label, t.source_file, t.source_line
        """
    }

    private static func task(_ row: Row) throws -> (id: Int64, paper: QueuedPaper) {
        var columns = ColumnReader(row)
        let id = try columns.next(Int64.self)
        let paper = Paper(
            title: try columns.next(),
            abstract: try columns.next(),
            identifiers: identifiers(try columns.next()),
            published: try columns.date(),
            url: try columns.next(),
            label: try columns.next()
        )
        return (id, QueuedPaper(paper: paper, source: IngestSource(file: try columns.next(), line: try columns.next())))
    }
}

extension Duration {
    /// Seconds, as `make_interval` takes them.
    fileprivate var seconds: Double { self / .seconds(1) }
}
