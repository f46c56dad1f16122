package import Hummingbird

/// The routes of the service, for answers about them: which methods a path takes.
package struct RouteList: Sendable {
    /// One path with its methods.
    package struct Entry: Sendable {
        /// The path's pattern.
        package var path: RouterPath
        /// The methods in alphabetical order, HEAD and OPTIONS included.
        package var methods: [String]
    }

    /// Every path once.
    package let entries: [Entry]

    /// Takes the routes from a router.
    package init(_ router: Router<APIContext>) {
        let methods = Dictionary(grouping: router.routes, by: \.path.description)
        entries = methods.values.compactMap { routes in
            guard let path = routes.first?.path else { return nil }
            var names = Set(routes.map(\.method.rawValue))
            if names.contains("GET") { names.insert("HEAD") }
            names.insert("OPTIONS")
            return Entry(path: path, methods: names.sorted())
        }
    }

    /// The pattern and the methods of a path.
    func match(_ path: String) -> (pattern: String, methods: [String])? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let fitting = entries.filter { entry in
            guard !entry.path.isEmpty else { return path == "/" }
            return entry.path.count == parts.count && zip(entry.path, parts).allSatisfy { !$1.isEmpty && $0 ~= $1 }
        }
        // A fixed word is a better match than a parameter, as in the router.
        let best = fitting.max { Self.fixedParts($0.path) < Self.fixedParts($1.path) }
        return best.map { ($0.path.description, $0.methods) }
    }

    private static func fixedParts(_ path: RouterPath) -> Int {
        path.count { !$0.description.contains("{") }
    }
}
