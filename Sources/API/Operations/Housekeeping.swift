package import Logging
package import Registry

/// What is to be done once an hour beside the requests.
package enum Housekeeping {
    /// Deletes answers that have been kept long enough, now and every hour until the task is cancelled.
    ///
    /// - Parameters:
    ///   - registry: where they are.
    ///   - logger: told of what fails; the next hour tries again.
    package static func run(_ registry: Registry, logger: Logger) async {
        while !Task.isCancelled {
            do {
                try await registry.forgetOldAnswers()
            } catch {
                if !Task.isCancelled {
                    logger.warning("failed to delete old answers", metadata: ["error": .string("\(error)")])
                }
            }
            try? await Task.sleep(for: .seconds(3600))
        }
    }
}
