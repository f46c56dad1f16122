import Claims

/// Checks of texts that people write about corrections.
enum CorrectionProse {
    /// What is wrong with a text; `nil` where nothing is.
    static func fault(_ text: String, at pointer: String, maximum: Int) -> CorrectionFault? {
        guard text.contains(where: { !$0.isWhitespace }), text.unicodeScalars.count <= maximum else {
            return CorrectionFault(pointer, "Must have 1 to \(maximum) characters, and not be blank.")
        }
        guard !text.hasControls(but: ["\n", "\t"]) else {
            return CorrectionFault(pointer, "Must not contain control characters but line breaks and tabs.")
        }
        return nil
    }
}
