/// A piece of a page.
///
/// What is written in the source is markup; what is put in is text and gets escaped, unless it is `HTML` itself:
/// forgetting to escape is not possible.
package struct HTML: Sendable, Hashable {
    /// The markup.
    package private(set) var markup: String

    /// Nothing.
    package static let nothing: HTML = ""

    /// Several pieces, one after the other.
    package init(_ pieces: some Sequence<HTML>) {
        markup = pieces.map(\.markup).joined()
    }

    private init(markup: String) {
        self.markup = markup
    }
}

extension HTML: ExpressibleByStringInterpolation {
    /// Takes the parts of a literal.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        /// Makes room.
        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        /// Markup from the source.
        package mutating func appendLiteral(_ literal: String) { markup += literal }

        /// A text: escaped for element content and for quoted attributes.
        package mutating func appendInterpolation(_ text: some StringProtocol) {
            for scalar in text.unicodeScalars {
                switch scalar {
                case "&": markup += "&amp;"
                case "<": markup += "&lt;"
                case ">": markup += "&gt;"
                case "\"": markup += "&quot;"
                case "'": markup += "&#39;"
                default: markup.unicodeScalars.append(scalar)
                }
            }
        }

        /// A number.
        package mutating func appendInterpolation(_ number: some BinaryInteger) { markup += String(number) }

        /// A piece of a page, as it is.
        package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        /// Pieces of a page, one after the other.
        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { markup += piece.markup }
        }

        /// A piece of a page, where there is one.
        package mutating func appendInterpolation(_ html: HTML?) { markup += html?.markup ?? "" }
    }

    /// Markup from the source.
    package init(stringLiteral value: String) { self.init(markup: value) }

    /// Markup from the source with escaped texts in it.
    package init(stringInterpolation: StringInterpolation) { self.init(markup: stringInterpolation.markup) }
}

extension HTML {
    /// A link to another place of the web, or the words alone where the address is of a kind that may run code.
    ///
    /// - Parameters:
    ///   - words: what is shown.
    ///   - url: any address; only `http` and `https` become links.
    /// - Returns: the link or the words.
    static func link(_ words: String, to url: String?) -> HTML {
        guard let url, url.hasPrefix("https://") || url.hasPrefix("http://") else { return "\(words)" }
        return "<a href=\"\(url)\" rel=\"nofollow noopener\">\(words)</a>"
    }
}
