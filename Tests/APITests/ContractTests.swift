import API
import Testing

@testable import struct API.ContractRoutes

/// Holds the service to openapi.yaml, and openapi.yaml to the service.
@Suite struct ContractTests {
    @Test func `Every route stands in the contract, and every operation of the contract is a route`() async throws {
        let database = try await TestDatabase.shared()
        let router = buildRouter(APIConfiguration(), services: APIServices(registry: database.registry))
        let routes = RouteList(router).entries.flatMap { entry in
            entry.methods.filter { $0 != "HEAD" && $0 != "OPTIONS" }.map { "\($0) \(entry.path)" }
        }
        #expect(routes.sorted() == Self.operations().sorted())
    }

    @Test func `The contract lists every type of problem`() {
        let lines = Self.lines()
        let start = lines.firstIndex(of: "    ProblemName:") ?? lines.endIndex
        let names = lines[start...].dropFirst(3).prefix { $0.hasPrefix("        - ") }.map { String($0.dropFirst(10)) }
        #expect(names.sorted() == ProblemKind.allCases.map(\.rawValue).sorted())
    }

    @Test func `Every operation has an id of its own, a summary and a status for success`() {
        let starts = ["get", "post", "patch", "delete"].map { "    \($0):" }
        let end = Self.lines().firstIndex(of: "components:") ?? 0
        let blocks = Self.lines()[..<end].split { starts.contains($0) }.dropFirst()
        #expect(blocks.count == Self.operations().count)
        for block in blocks {
            #expect(block.contains { $0.hasPrefix("      operationId: ") })
            #expect(block.contains { $0.hasPrefix("      summary: ") })
            #expect(block.contains { ["200", "201", "204"].map { "        \"\($0)\":" }.contains($0) })
            let statuses = block.filter { $0.hasPrefix("        \"") }.map { $0.dropFirst(9).prefix(3) }
            #expect(block.contains("      tags: [operations]") || statuses.contains("429"))
            #expect(block.contains("      security:") == statuses.contains("401"))
        }
        let ids = Self.lines().filter { $0.hasPrefix("      operationId: ") }
        #expect(Set(ids).count == ids.count)
    }

    private static func lines() -> [String] {
        String(decoding: ContractRoutes.contract, as: UTF8.self).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        .map(String.init)
    }

    /// The operations as `METHOD /path`.
    ///
    /// The contract is indented by two throughout: paths at 2, methods at 4.
    static func operations() -> [String] {
        var (path, operations) = ("", [String]())
        for line in lines() {
            if line.hasPrefix("  /"), line.hasSuffix(":") { path = String(line.dropFirst(2).dropLast()) }
            for method in ["get", "post", "put", "patch", "delete"] where line == "    \(method):" {
                operations.append("\(method.uppercased()) \(path)")
            }
        }
        return operations
    }
}
