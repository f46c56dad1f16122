/// Knows the lines of listing pages that are no papers: menus, dates, counters, names of who submitted what.
enum PageFurniture {
    /// Whether a line without white space at its ends is furniture.
    static func contains(_ line: String) -> Bool {
        guard line.utf8.count <= maximumBytes else { return false }
        let lower = line.lowercased()
        return labels.contains(lower) || marks.contains(lower) || openings.contains { lower.hasPrefix($0) }
            || hasDigit(lower) && (isCounter(lower) || isDate(lower))
    }

    /// Whether a line is one by which listing pages are known.
    static func isMark(_ line: String) -> Bool {
        guard line.utf8.count <= maximumBytes else { return false }
        let lower = line.lowercased()
        return marks.contains(lower) || openings.contains { lower.hasPrefix($0) }
    }

    /// Whether the next line is somebody's name.
    static func announcesName(_ line: String) -> Bool { line.lowercased() == "submitted by" }

    /// Longer lines are no furniture.
    private static let maximumBytes = 80

    /// Lines that stand on listing pages and would not be alone on a line elsewhere.
    private static let marks: Set<String> = ["daily papers", "trending papers", "submitted by", "upvote", "subscribe"]

    /// How lines start that say what the page is.
    private static let openings = [
        "get trending papers", "byak ", "by ak ", "by ak,", "submitted by ", "published on ", "papers published on ",
        "upvote ", "©",
    ]

    /// Words of menus, buttons and footers.
    private static let labels: Set<String> = [
        "new", "hot", "papers", "trending", "daily", "weekly", "monthly", "today", "yesterday", "previous", "next",
        "prev", "submit", "view all", "view all papers", "load more", "show more", "read more", "github", "arxiv",
        "arxiv page",
        "project page", "view pdf", "pdf", "abstract", "models", "datasets", "spaces", "posts", "community", "docs",
        "enterprise", "pricing", "log in", "login", "sign up", "sign in", "hugging face", "hugging face's logo", "tos",
        "privacy", "about", "careers", "jobs", "company", "website", "system theme", "search papers", "search",
        "back to top", "home", "collections", "feedback", "share", "abstracts", "-", "–", "·", "•", "*",
    ]

    private static func hasDigit(_ text: String) -> Bool { text.utf8.contains { (0x30...0x39).contains($0) } }

    /// `42`, `1.2k`, `+3`, `· 7 authors`, `3 comments`, `2 days ago`.
    private static func isCounter(_ lower: String) -> Bool {
        let words = lower.split { $0.isWhitespace || "·•-–+()#|▲⬆".contains($0) }
        guard let number = words.first, number.first?.isNumber ?? false,
            number.allSatisfy({ $0.isNumber || ".,km".contains($0) })
        else { return false }
        return words.dropFirst().allSatisfy { counted.contains(String($0)) }
    }

    private static let counted: Set<String> = [
        "author", "authors", "upvote", "upvotes", "comment", "comments", "like", "likes", "star", "stars", "paper",
        "papers", "view", "views", "model", "models", "dataset", "datasets", "space", "spaces", "minute", "minutes",
        "hour", "hours", "day", "days", "week", "weeks", "month", "months", "ago",
    ]

    /// `Sep 12`, `12 September 2025`, `Fri, Sep 12th`, `Sep 8 - Sep 12`, `2025-09-12`, `Week 37`.
    private static func isDate(_ lower: String) -> Bool {
        let words = lower.split { $0.isWhitespace || ",.-–/".contains($0) }
        guard words.count <= 8 else { return false }
        let numbers = words.count { isDateNumber($0) }
        let names = words.count { calendar.contains(String($0)) }
        return numbers > 0 && numbers + names == words.count && (names > 0 || numbers == 3)
    }

    /// `7`, `12th`, `2025`.
    private static func isDateNumber(_ word: Substring) -> Bool {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        let ending = word[digits.endIndex...]
        switch digits.count {
        case 1, 2: return ending.isEmpty || ordinalEndings.contains(String(ending))
        case 4: return ending.isEmpty
        default: return false
        }
    }

    private static let calendar: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat",
        "sun", "week", "to",
    ]

    private static let ordinalEndings: Set<String> = ["st", "nd", "rd", "th"]
}
