import Claims

/// A text with the places marked that records were read from.
enum HighlightedText {
    /// A place in a text.
    struct Place: Hashable {
        /// UTF-8 bytes, half-open.
        var range: Range<Int>
        /// What was read there, for the reader who points at it.
        var label: String
    }

    /// The text as HTML.
    ///
    /// Places that overlap become one mark with all their labels; what does not lie in the text on character boundaries
    /// is left out.
    static func html(_ text: String, places: [Place]) -> HTML {
        var html: HTML = ""
        var position = 0
        for group in groups(places, in: text) {
            let words = part(of: text, group.range)
            html =
                "\(html)\(part(of: text, position..<group.range.lowerBound))<mark title=\"\(group.label)\">\(words)</mark>"
            position = group.range.upperBound
        }
        return "\(html)\(part(of: text, position..<text.utf8.count))"
    }

    private static func groups(_ places: [Place], in text: String) -> [Place] {
        let valid = places.filter { place in
            !place.range.isEmpty && place.range.lowerBound >= 0 && place.range.upperBound <= text.utf8.count
                && isBoundary(place.range.lowerBound, text) && isBoundary(place.range.upperBound, text)
        }
        var groups: [Place] = []
        for place in valid.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard let last = groups.last, place.range.lowerBound < last.range.upperBound else {
                groups.append(place)
                continue
            }
            let end = max(last.range.upperBound, place.range.upperBound)
            let label = last.label.contains(place.label) ? last.label : "\(last.label); \(place.label)"
            groups[groups.count - 1] = Place(range: last.range.lowerBound..<end, label: label)
        }
        return groups
    }

    private static func isBoundary(_ offset: Int, _ text: String) -> Bool {
        text.utf8.index(text.utf8.startIndex, offsetBy: offset).samePosition(in: text.unicodeScalars) != nil
    }

    private static func part(of text: String, _ range: Range<Int>) -> Substring {
        let start = text.utf8.index(text.utf8.startIndex, offsetBy: range.lowerBound)
        return text[start..<text.utf8.index(start, offsetBy: range.count)]
    }
}
