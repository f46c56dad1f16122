import HTTPTypes
package import Hummingbird
import Registry

/// Lets requests in: those of a client that has not sent too many, and whose credential, if it has one, is right.
///
/// Each client is told how many requests it has left (draft-ietf-httpapi-ratelimit-headers). A credential that is not valid
/// is refused also where none is needed: who presents one takes himself for somebody, and has to find out.
package struct Admission: RouterMiddleware {
    package typealias Context = APIContext

    let limiter: RateLimiter
    let access: AccessControl
    let proxies: Int

    /// Counts the request, finds out who sends it, and passes it on where it is taken.
    package func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        // What machines ask of operations has to be answered without the database, and OPTIONS asks for nothing.
        guard let policy = RatePolicy(request) else { return try await next(request, context) }
        let address = RateClient.address(ClientAddress.of(request, context, proxies: proxies))
        guard let header = request.headers[.authorization] else {
            return try await answer(limiter.count(policy, of: address), request, context) {
                try await next(request, context)
            }
        }
        // Counted before it is looked up: nobody may look up more credentials than the address may send requests.
        if let finding = limiter.countGuess(policy, from: address), !finding.verdict.isAllowed {
            return try await answer(finding, request, context) { throw finding.problem }
        }
        let sender: Sender
        do {
            sender = try await access.identify(header)
        } catch  where !(error is Problem) {
            // It could not be looked up, which says nothing about it.
            limiter.forgetGuess(policy, from: address)
            return try await answer(nil, request, context) { throw error }
        } catch {
            let finding = limiter.count(policy, of: address)
            return try await answer(finding, request, context) { throw error }
        }
        limiter.forgetGuess(policy, from: address)
        let finding = limiter.count(policy, of: .account(sender.principal.accountID))
        return try await answer(finding, request, context) {
            try await access.knowing(sender, by: header) { try await next(request, context) }
        }
    }

    /// Answers a request that was counted: what is thrown becomes a problem, since nobody further out makes one.
    private func answer(
        _ finding: RateLimiter.Finding?,
        _ request: Request,
        _ context: Context,
        _ handler: () async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            if let finding, !finding.verdict.isAllowed { throw finding.problem }
            response = try await handler()
        } catch  where error is Problem || error is RegistryError {
            response = Problem(for: error, logger: context.logger).response(requestID: context.requestID)
            StandardHeaders.complete(&response, to: request.method)
        }
        if let finding {
            response.headers[.rateLimitPolicy] = finding.policyField
            response.headers[.rateLimit] = finding.stateField
        }
        return response
    }
}

extension RateLimiter.Finding {
    /// The limit: `"writes";q=6000;w=60`.
    fileprivate var policyField: String { "\"\(policy.rawValue)\";q=\(limit.quota);w=\(limit.seconds)" }

    /// What is left of it: `"writes";r=5999;t=1`.
    fileprivate var stateField: String { "\"\(policy.rawValue)\";r=\(verdict.remaining);t=\(verdict.resetSeconds)" }

    fileprivate var problem: Problem {
        Problem(
            .tooManyRequests,
            "At most \(limit.quota) \(policy.rawValue) in \(limit.seconds) seconds are taken of one client.",
            headers: [.retryAfter: String(verdict.retrySeconds)]
        )
    }
}
