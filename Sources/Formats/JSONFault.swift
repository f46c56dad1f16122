/// Why a text is not JSON, and where.
package struct JSONFault: Error, Hashable {
    /// What is wrong, for people.
    package var message: String
    /// Where: bytes from the start of the text.
    package var offset: Int
}
