internal import Postgres

/// Names that would have an account taken for another, or for the service itself.
///
/// They bind those who name themselves, through an issuer; an admin can give any name.
extension Account {
    /// Whether a name is like one that means somebody in charge, nobody in particular, or the service.
    static func isReserved(_ name: String) -> Bool { reserved.contains(likeness(of: name)) }

    /// What all names share that people may take for one another: without separators, and with one letter for those that
    /// look alike.
    static func likeness(of name: String) -> String {
        String(
            name.lowercased().compactMap { character -> Character? in
                switch character {
                case ".", "_", "-": nil
                case "0": "o"
                case "1", "i": "l"
                case "5": "s"
                default: character
                }
            }
        )
    }

    /// The same of a column of names, in SQL.
    static func likeness(ofColumn column: SQL) -> SQL { "translate(\(column), '01i5._-', 'olls')" }

    private static let reserved = Set(
        (words + words.map { $0 + "s" } + Role.allCases.flatMap { [$0.rawValue, $0.rawValue + "s"] })
            .map { likeness(of: $0) }
    )

    private static let words = [
        "account", "administrator", "anonymous", "api", "bot", "claimboard", "curator", "editor",
        "everyone", "extractor", "guest", "help", "local", "maintainer", "me", "moderator", "nobody", "null",
        "official",
        "operator", "owner", "people", "postgres", "public", "registry", "root", "security", "service", "staff",
        "superuser", "support", "sysadmin", "system", "team", "unknown", "user", "webmaster",
    ]
}
