import Postgres
import Testing

extension ServerTests {
    @Suite struct Pipeline {
        @Test(arguments: [true, false])
        func `of a thousand reads at once, each gets its own answer or its own error`(pipelining: Bool) async throws {
            try await TestCluster.shared.withClient {
                $0.pipelining = pipelining
            } _: { client in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<1000 {
                        group.addTask {
                            if number.isMultiple(of: 50) {
                                let error = await #expect(throws: PostgresError.self) {
                                    try await client.read("SELECT 1 / (\(number)::int - \(number)::int)")
                                }
                                #expect(error?.sqlState == "22012")
                            } else {
                                let rows = try await client.read("SELECT \(number)::int, \("n\(number)")")
                                let (back, text) = try rows[0].decode(Int.self, String.self)
                                #expect(back == number && text == "n\(number)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }

        @Test func `of many writes at once, one that fails leaves the others in place`() async throws {
            try await TestCluster.shared.withClient { client in
                try await client.script("DROP TABLE IF EXISTS writes; CREATE TABLE writes (id int PRIMARY KEY)")
                let failures = await withTaskGroup(of: Bool.self) { group in
                    for number in 0..<400 {
                        group.addTask {
                            // Each tenth number is there already.
                            let id = number.isMultiple(of: 10) ? 1 : number
                            do throws(PostgresError) {
                                try await client.execute("INSERT INTO writes VALUES (\(id))")
                                return false
                            } catch {
                                #expect(error.isUniqueViolation())
                                return true
                            }
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(failures == 40)
                #expect(try await client.read("SELECT count(*) FROM writes")[0].decode(Int.self) == 360)
            }
        }

        @Test func `a statement with a syntax error harms none of the same text sent with it`() async throws {
            try await TestCluster.shared.withClient { client in
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<50 {
                        group.addTask {
                            let error = await #expect(throws: PostgresError.self) { try await client.read("SELEC 1") }
                            #expect(error?.sqlState == "42601")
                        }
                    }
                }
                let one = try await client.read("SELECT 1")[0].decode(Int.self)
                #expect(one == 1)
            }
        }

        @Test func `slow statements on every connection do not hold up the short ones`() async throws {
            try await TestCluster.shared.withClient { client in
                let slow = (0..<2).map { _ in Task { try await client.read("SELECT pg_sleep(60)") } }
                try await waitUntil { try await sleepers(client) == 2 }
                for number in 0..<50 {
                    let answer = try await client.read("SELECT \(number)::int", timeout: .seconds(10))[0].decode(
                        Int.self
                    )
                    #expect(answer == number)
                }
                for task in slow { task.cancel() }
            }
        }

        @Test func `large results and large binds pass`() async throws {
            try await TestCluster.shared.withClient { client in
                let large = String(repeating: "0123456789", count: 2_000_000)
                async let first = client.read("SELECT \(large)::text")[0].decode(String.self)
                async let second = client.read("SELECT \(large)::text || 'x'")[0].decode(String.self)
                let (one, two) = try await (first, second)
                #expect(one == large)
                #expect(two.utf8.count == large.utf8.count + 1)
            }
        }

        @Test func `more waiting requests than allowed are refused as overloaded`() async throws {
            try await TestCluster.shared.withClient {
                $0.shortQueueLimit = 20
                $0.shortConnections = 1
                $0.batchSize = 1
            } _: { client in
                try await client.query("SELECT 1")
                let codes = await withTaskGroup(of: PostgresError.Code?.self) { group in
                    for _ in 0..<100 {
                        group.addTask {
                            do throws(PostgresError) {
                                _ = try await client.read("SELECT pg_sleep(0.02)")
                                return nil
                            } catch {
                                return error.code
                            }
                        }
                    }
                    return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
                }
                #expect(codes[.overloaded, default: 0] > 0)
                #expect(codes[nil, default: 0] >= 20)
                #expect(codes.values.reduce(0, +) == 100 && codes.count == 2)
            }
        }
    }
}
