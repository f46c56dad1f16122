/// Why a text is not JSON, and where.
struct JSONFault: Error, Hashable {
    /// What is wrong, for people.
    var message: String
    /// Where: bytes from the start of the text.
    var offset: Int
}
