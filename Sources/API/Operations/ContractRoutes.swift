import CContract
import HTTPTypes
import Hummingbird

/// The contract, for machines and for people, and the pages behind the types of problems.
struct ContractRoutes {
    func add(to router: Router<APIContext>) {
        router.get("openapi.yaml", use: contract)
        router.get("docs", use: documentation)
        router.get("problems", use: problems)
        router.get("problems/{name}", use: problem)
    }

    /// The contract's bytes, as the compiler has put them into the binary.
    static let contract: [UInt8] = {
        let file = claimboard_contract()
        // SAFETY: the bytes are constants of the binary, `count` of them.
        return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }()

    @Sendable private func contract(request: Request, context: APIContext) throws -> Response {
        try QueryReader(request).finish()
        return .bytes(Self.contract, as: MediaTypeName.yaml.rawValue, headers: Self.cached)
    }

    @Sendable private func documentation(request: Request, context: APIContext) throws -> Response {
        try QueryReader(request).finish()
        return .text(DocumentationPage.text, as: "text/html; charset=utf-8", headers: Self.page)
    }

    @Sendable private func problems(request: Request, context: APIContext) throws -> Response {
        try QueryReader(request).finish()
        return .text(ProblemPage.index, as: "text/html; charset=utf-8", headers: Self.page)
    }

    @Sendable private func problem(request: Request, context: APIContext) throws -> Response {
        try QueryReader(request).finish()
        guard let kind = ProblemKind(rawValue: try context.pathParameter("name")) else {
            throw Problem(.notFound, "There is no problem of this name; /problems lists all of them.")
        }
        return .text(ProblemPage.text(of: kind), as: "text/html; charset=utf-8", headers: Self.page)
    }

    private static let cached: HTTPFields = [.cacheControl: "public, max-age=300"]

    private static let page: HTTPFields = [
        .cacheControl: "public, max-age=300",
        .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    ]
}
