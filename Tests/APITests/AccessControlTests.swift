import HTTPTypes
import Hummingbird
import Registry
import Testing

@testable import API

@Suite struct AccessControlTests {
    private let secret = "cb_abcdefghijklmnopqrstuvwxyz0123"

    @Test(arguments: [
        "", "cb_", "cb_short", "xx_abcdefghijklmnopqrstuvwxyz0123", "cb_abcdefghijklmnopqrstuvwxyz 0123",
        "cb_abcdefghijklmnopqrstuvwxyzé0123",
    ])
    func `A secret of another form is no token`(secret: String) {
        #expect(LocalToken(secret: secret) == nil)
    }

    @Test func `The holder of a token has its scope`() async throws {
        let access = AccessControl(tokens: [LocalToken(secret: secret)].compactMap { $0 })
        #expect(try await access.require(.papersWrite, of: request("Bearer " + secret)).scopes == [.papersWrite])
        #expect(try await access.require(.papersWrite, of: request("bearer " + secret)).name == "local")
    }

    @Test(arguments: [
        nil, "", "Bearer", "Bearer ", "Bearer cb_abcdefghijklmnopqrstuvwxyz0124",
        "Bearer cb_abcdefghijklmnopqrstuvwxyz012",
        "Basic cb_abcdefghijklmnopqrstuvwxyz0123", "cb_abcdefghijklmnopqrstuvwxyz0123",
        "Bearer  cb_abcdefghijklmnopqrstuvwxyz0123",
    ])
    func `Anyone else is asked for a token`(header: String?) async {
        let access = AccessControl(tokens: [LocalToken(secret: secret)].compactMap { $0 })
        let problem = await #expect(throws: Problem.self) {
            try await access.require(.papersWrite, of: request(header))
        }
        #expect(problem?.kind == .unauthorized)
        #expect(problem?.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=") == true)
    }

    @Test func `Without tokens nobody gets in`() async {
        let access = AccessControl(tokens: [])
        await #expect(throws: Problem.self) { try await access.require(.papersWrite, of: request("Bearer " + secret)) }
    }

    private func request(_ authorization: String?) -> Request {
        var head = HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/v1/papers")
        if let authorization { head.headerFields[.authorization] = authorization }
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }
}
