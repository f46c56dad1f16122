/// The pages behind the types of problems.
enum ProblemPage {
    /// All kinds, in the order of their status.
    static let index: String = {
        let rows = ProblemKind.allCases.sorted { $0.status < $1.status }.map { kind in
            "<tr><td>\(kind.status)</td><td><a href=\"\(kind.uri)\">\(kind.rawValue)</a></td>"
                + "<td>\(PlainPage.escaped(kind.title))</td></tr>"
        }
        return PlainPage.text(
            title: "Problems",
            body: """
                <h1>Problems</h1>
                <p>Every error of the API is a problem document (RFC 9457). Its <code>type</code> is one of these, for good:</p>
                <table><tr><th>Status</th><th>Type</th><th>Title</th></tr>
                \(rows.joined(separator: "\n"))
                </table>
                """
        )
    }()

    /// One kind.
    static func text(of kind: ProblemKind) -> String {
        PlainPage.text(
            title: kind.title,
            body: """
                <h1>\(PlainPage.escaped(kind.title))</h1>
                <p><code>\(kind.uri)</code>, status \(kind.status)</p>
                <p>\(PlainPage.escaped(kind.explanation))</p>
                <p><a href="/problems">All problems</a> · <a href="/docs">The contract</a></p>
                """
        )
    }
}
