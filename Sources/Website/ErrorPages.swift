import Hummingbird
import Logging
import Registry

/// There is nothing at an address.
struct NoSuchPage: Error {}

/// Shows failures to people as pages.
struct ErrorPages<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch is NoSuchPage {
            return page(.notFound, "Not found", "There is nothing at this address.")
        } catch let error as RegistryError {
            switch error.code {
            case .notFound: return page(.notFound, "Not found", error.message)
            case .invalid, .conflict, .forbidden, .tooLarge: return page(.badRequest, "That cannot be", error.message)
            case .unavailable:
                context.logger.warning(
                    "the registry is not available",
                    metadata: ["error": .string(error.cause ?? error.message)]
                )
                return page(.serviceUnavailable, "Not available", error.message)
            }
        } catch {
            context.logger.error("failed to show a page", metadata: ["error": .string(String(reflecting: error))])
            return page(.internalServerError, "Something went wrong", "The failure is logged. Please try again later.")
        }
    }

    private func page(_ status: HTTPResponse.Status, _ title: String, _ words: String) -> Response {
        PageFrame(title: title).response("<h1>\(title)</h1><p class=\"lead\">\(words)</p>", status: status)
    }
}
