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
