/// Checks of texts that people write about corrections.
enum CorrectionProse {
    /// What is wrong with a text; `nil` where nothing is.
    static func fault(_ text: String, at pointer: String, maximum: Int) -> CorrectionFault? {
        guard text.contains(where: { !$0.isWhitespace }), text.unicodeScalars.count <= maximum else {
            return CorrectionFault(pointer, "Must have 1 to \(maximum) characters, and not be blank.")
        }
        guard !text.utf8.contains(0) else { return CorrectionFault(pointer, "Must not contain NUL characters.") }
        return nil
    }
}
