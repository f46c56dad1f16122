import ArgumentParser
import Registry

/// When a correction takes two reviewers: wherever one is decided on.
struct GuardOptions: ParsableArguments {
    @Option(
        name: .customLong("grave-corrections"),
        help: ArgumentHelp(
            "How many retractions and merges of one account may be accepted an hour before each more takes two reviewers. "
                + "Default: $CLAIMBOARD_GRAVE_CORRECTIONS, else \(CorrectionLimits().gravePerHour).",
            valueName: "n"
        )
    )
    var graveCorrections: String?

    /// The bounds, from flag, environment and default in this order.
    ///
    /// - Throws: `ValidationError`.
    func limits() throws -> CorrectionLimits {
        guard let text = graveCorrections ?? environment("CLAIMBOARD_GRAVE_CORRECTIONS") else {
            return CorrectionLimits()
        }
        guard let count = Int(text), count >= 0 else {
            throw ValidationError("--grave-corrections takes a number from 0, not \(text).")
        }
        return CorrectionLimits(gravePerHour: count)
    }
}
