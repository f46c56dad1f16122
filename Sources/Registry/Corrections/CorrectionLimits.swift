/// The bounds of what accounts may correct.
package struct CorrectionLimits: Sendable, Hashable {
    /// How many corrections that retract or merge may be accepted of one account within an hour before each further one
    /// takes two reviewers.
    package var gravePerHour: Int

    /// Sets the bounds.
    package init(gravePerHour: Int = 20) {
        self.gravePerHour = gravePerHour
    }

    /// The longest reason, in Unicode scalars.
    package static let reasonLength = 2000
    /// The longest comment, in Unicode scalars.
    package static let commentLength = 5000
    /// The longest patch, in bytes of JSON: far over any record's fields.
    package static let patchBytes = 65_536
}

/// Checks of texts that people write about corrections.
enum CorrectionText {
    /// What is wrong with a text; `nil` where nothing is.
    static func fault(_ text: String, at pointer: String, maximum: Int) -> CorrectionFault? {
        guard text.contains(where: { !$0.isWhitespace }), text.unicodeScalars.count <= maximum else {
            return CorrectionFault(pointer, "Must have 1 to \(maximum) characters, and not be blank.")
        }
        guard !text.utf8.contains(0) else { return CorrectionFault(pointer, "Must not contain NUL characters.") }
        return nil
    }
}
