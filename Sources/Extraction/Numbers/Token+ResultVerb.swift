extension Token {
    /// Whether it is a verb that a result hangs on.
    var isResultVerb: Bool {
        has(.levelVerb) || has(.raiseVerb) || has(.cutVerb) || has(.winVerb) || has(.showVerb) || has(.needVerb)
            || has(.matchVerb)
    }
}
