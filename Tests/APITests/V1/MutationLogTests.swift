import Foundation
import Registry
import Testing

@testable import API

/// Every operation of the contract that may change something: one log entry where it does, none where it is refused.
@Suite struct MutationLogTests {
    /// One operation: how it succeeds, and how it is refused.
    struct Mutation: Sendable {
        /// As in the contract.
        var operation: String
        /// With the ids that stand for `{...}`.
        var target: String
        var body: String
        var sender: Tester
        var fields: [String: String] = ["Content-Type": "application/json"]
        var status: Int
        /// Content that is refused; `nil` where the operation takes none.
        var wrong: String? = #"{"no_such_member": 1}"#
        /// Another account that may not do this; `nil` where all may.
        var stranger: Tester?
        var entries = 1
    }

    /// In this order: each may go on from those before.
    static let mutations = [
        Mutation(
            operation: "POST /v1/papers",
            target: "/v1/papers",
            body: #"{"title": "Heron", "abstract": "Heron reaches 81.2% accuracy on GSM8K."}"#,
            sender: .ann,
            status: 201
        ),
        Mutation(
            operation: "POST /v1/papers:batch",
            target: "/v1/papers:batch",
            body: #"{"title": "Stork", "abstract": "Stork reaches 82.3% accuracy on GSM8K."}"# + "\n",
            sender: .ann,
            fields: ["Content-Type": "application/x-ndjson"],
            status: 200,
            wrong: "{}\nnot json\n"
        ),
        Mutation(
            operation: "POST /v1/extract",
            target: "/v1/extract",
            body: #"{"abstract": "Stork reaches 82.3% accuracy on GSM8K."}"#,
            sender: .ann,
            status: 200,
            entries: 0
        ),
        Mutation(
            operation: "POST /v1/accounts",
            target: "/v1/accounts",
            body: #"{"name": "eve", "role": "contributor"}"#,
            sender: .adam,
            status: 201,
            stranger: .rita
        ),
        Mutation(
            operation: "PATCH /v1/accounts/{id}",
            target: "/v1/accounts/{account}",
            body: #"{"role": "reviewer"}"#,
            sender: .adam,
            fields: ["Content-Type": "application/merge-patch+json", "If-Match": "\"account-{account}-r1\""],
            status: 200,
            stranger: .rita
        ),
        Mutation(
            operation: "POST /v1/accounts/{id}/tokens",
            target: "/v1/accounts/{account}/tokens",
            body: #"{"name": "laptop", "scopes": ["papers:write"]}"#,
            sender: .adam,
            status: 201,
            stranger: .rita
        ),
        Mutation(
            operation: "DELETE /v1/accounts/{id}/tokens/{token_id}",
            target: "/v1/accounts/{account}/tokens/{token}",
            body: "",
            sender: .adam,
            fields: [:],
            status: 204,
            wrong: nil,
            stranger: .rita
        ),
        Mutation(
            operation: "POST /v1/corrections",
            target: "/v1/corrections",
            body: """
                {"target": {"type": "claim", "id": 1}, "operation": "update", "patch": {"value": "92.1"}, "reason": "misread"}
                """,
            sender: .ann,
            status: 201
        ),
        Mutation(
            operation: "POST /v1/corrections:batch",
            target: "/v1/corrections:batch",
            body: """
                {"target": {"type": "claim", "id": 2}, "operation": "retract", "reason": "not a result"}

                """,
            sender: .ann,
            fields: ["Content-Type": "application/x-ndjson"],
            status: 200,
            wrong: "{}\nnot json\n"
        ),
        Mutation(
            operation: "POST /v1/corrections/{id}/comments",
            target: "/v1/corrections/1/comments",
            body: #"{"text": "Look at the abstract."}"#,
            sender: .bob,
            status: 201
        ),
        Mutation(
            operation: "POST /v1/corrections/{id}/rebase",
            target: "/v1/corrections/1/rebase",
            body: #"{"patch": {"value": "92.2"}}"#,
            sender: .ann,
            fields: ["Content-Type": "application/json", "If-Match": "\"correction-1-r1\""],
            status: 200,
            stranger: .bob
        ),
        Mutation(
            operation: "POST /v1/corrections/{id}/accept",
            target: "/v1/corrections/1/accept",
            body: "{}",
            sender: .rita,
            fields: ["Content-Type": "application/json", "If-Match": "\"correction-1-r2\""],
            status: 200,
            stranger: .bob
        ),
        Mutation(
            operation: "POST /v1/corrections/{id}/revert",
            target: "/v1/corrections/1/revert",
            body: #"{"reason": "It was right."}"#,
            sender: .rita,
            status: 201
        ),
        Mutation(
            operation: "POST /v1/corrections/{id}/withdraw",
            target: "/v1/corrections/2/withdraw",
            body: "{}",
            sender: .ann,
            fields: ["Content-Type": "application/json", "If-Match": "\"correction-2-r1\""],
            status: 200,
            stranger: .rita
        ),
        Mutation(
            operation: "POST /v1/corrections/{id}/reject",
            target: "/v1/corrections/4/reject",
            body: #"{"reason": "It is a result."}"#,
            sender: .rita,
            fields: ["Content-Type": "application/json", "If-Match": "\"correction-4-r1\""],
            status: 200,
            stranger: .bob
        ),
    ]

    @Test func `Every operation but reads has its case here`() {
        let all = ContractTests.operations().filter { !$0.hasPrefix("GET ") }
        #expect(Self.mutations.map(\.operation).sorted() == all.sorted())
    }

    @Test func `Each leaves exactly one entry where it succeeds, and none where it is refused`() async throws {
        let database = try await TestDatabase.make("api_mutations", papers: Samples.papers)
        try await TestServer.run(database.registry) { (client: HTTPClient) async throws -> Void in
            var ids = ["account": "0", "token": "0"]
            for mutation in Self.mutations {
                if mutation.target.contains("/corrections/4") {
                    _ = try await client.post(
                        "/v1/corrections",
                        #"{"target": {"type": "claim", "id": 3}, "operation": "retract", "reason": "no"}"#,
                        headers: Tester.ann.json
                    )
                }
                let start = try await client.logPosition()
                for refused in Self.refusals(of: mutation) {
                    let answer = try await client.send(refused, ids: ids)
                    let isBatch = mutation.operation.hasSuffix(":batch") && answer.status == 200
                    #expect(isBatch || (400..<500).contains(answer.status), "\(mutation.operation): \(answer.text)")
                }
                #expect(try await client.logPosition() == start, "\(mutation.operation) refused")

                let answer = try await client.send(mutation, ids: ids)
                #expect(answer.status == mutation.status, "\(mutation.operation): \(answer.text)")
                #expect(try await client.logPosition() == start + mutation.entries, "\(mutation.operation)")
                let id = (answer.json["id"] as? Int).map(String.init)
                if mutation.operation == "POST /v1/accounts" { ids["account"] = id }
                if mutation.operation.hasSuffix("/tokens") { ids["token"] = id }
            }
            #expect(try await database.registry.verifyLog().fault == nil)
        }
    }

    /// The same without a credential, by a stranger, with wrong content, with another tag.
    private static func refusals(of mutation: Mutation) -> [(Mutation, [String: String])] {
        var refusals: [(Mutation, [String: String])] = []
        let fields = mutation.fields.merging(mutation.sender.authorization) { $1 }
        if mutation.entries > 0 { refusals.append((mutation, mutation.fields)) }
        if let stranger = mutation.stranger {
            refusals.append((mutation, mutation.fields.merging(stranger.authorization) { $1 }))
        }
        if let wrong = mutation.wrong {
            var other = mutation
            other.body = wrong
            refusals.append((other, fields))
            refusals.append((mutation, fields.merging(["Content-Type": "text/html"]) { $1 }))
        }
        if mutation.fields["If-Match"] != nil {
            refusals.append((mutation, fields.merging(["If-Match": "\"other\""]) { $1 }))
            refusals.append((mutation, fields.filter { $0.key != "If-Match" }))
        }
        var elsewhere = mutation
        elsewhere.target = mutation.target.replacing(/\/(\{[a-z]+\}|[0-9]+)/, with: "/999999")
        if elsewhere.target != mutation.target { refusals.append((elsewhere, fields)) }
        return refusals
    }
}

extension HTTPClient {
    fileprivate func send(_ mutation: MutationLogTests.Mutation, ids: [String: String]) async throws -> HTTPAnswer {
        try await send((mutation, mutation.fields.merging(mutation.sender.authorization) { $1 }), ids: ids)
    }

    fileprivate func send(
        _ request: (mutation: MutationLogTests.Mutation, fields: [String: String]),
        ids: [String: String]
    ) async throws -> HTTPAnswer {
        func filled(_ text: String) -> String {
            ids.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
        }
        let method = String(request.mutation.operation.prefix { $0 != " " })
        return try await send(
            method,
            filled(request.mutation.target),
            headers: request.fields.mapValues(filled),
            body: method == "DELETE" ? nil : Array(request.mutation.body.utf8)
        )
    }
}
