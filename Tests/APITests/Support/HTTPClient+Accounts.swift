import Foundation

extension HTTPClient {
    /// The id of a tester's account.
    func accountID(of tester: Tester) async throws -> Int {
        let answer = try await send("GET", "/v1/account", headers: tester.authorization)
        guard let id = answer.json["id"] as? Int else { throw TransportFailure(step: "no account: \(answer.text)") }
        return id
    }

    /// Has an admin make a token for a tester.
    func makeToken(
        for tester: Tester,
        scopes: [String]
    ) async throws -> (accountID: Int64, id: Int64, secret: String) {
        let account = try await accountID(of: tester)
        let list = scopes.map { "\"\($0)\"" }.joined(separator: ", ")
        let answer = try await post(
            "/v1/accounts/\(account)/tokens",
            #"{"name": "made by a test", "scopes": [\#(list)]}"#,
            headers: Tester.adam.json
        )
        guard answer.status == 201, let id = answer.json["id"] as? Int, let secret = answer.json["token"] as? String
        else {
            throw TransportFailure(step: "no token: \(answer.text)")
        }
        return (Int64(account), Int64(id), secret)
    }

    /// The position of the log's head.
    func logPosition() async throws -> Int {
        try await send("GET", "/v1/log/head").json["position"] as? Int ?? -1
    }
}
