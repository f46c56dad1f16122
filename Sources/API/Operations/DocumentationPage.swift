/// The contract as a page: a table of the operations, then the contract itself with a place for each to jump to.
enum DocumentationPage {
    /// The whole page.
    static let text: String = {
        let contract = String(decoding: ContractRoutes.contract, as: UTF8.self)
        let lines = contract.split(separator: "\n", omittingEmptySubsequences: false)
        let operations = Self.operations(in: lines)
        let rows = operations.map { operation in
            "<tr><td><code>\(operation.method.uppercased())</code></td>"
                + "<td><a href=\"#line-\(operation.line)\"><code>\(PlainPage.escaped(operation.path))</code></a></td>"
                + "<td>\(PlainPage.escaped(operation.summary))</td></tr>"
        }
        let anchors = Set(operations.map(\.line))
        let listing = lines.enumerated().map { number, line in
            let text = PlainPage.escaped(line)
            return anchors.contains(number) ? "<span id=\"line-\(number)\">\(text)</span>" : text
        }
        return PlainPage.text(
            title: "The API",
            body: """
                <h1>The API</h1>
                <p>This is <a href="/openapi.yaml">openapi.yaml</a> (OpenAPI 3.1), which tools can read as it is.
                Errors are <a href="/problems">problem documents</a>.</p>
                <table>
                \(rows.joined(separator: "\n"))
                </table>
                <h2>The contract</h2>
                <pre>\(listing.joined(separator: "\n"))</pre>
                """
        )
    }()

    /// One method of one path.
    struct Operation: Hashable {
        var path: String
        var method: String
        var summary: String
        /// The line of the method, from 0.
        var line: Int
    }

    /// The operations of a contract that is indented by two, as ours is: a path at 2, a method at 4, its summary at 6.
    static func operations(in lines: [Substring]) -> [Operation] {
        var operations: [Operation] = []
        var path = ""
        for (number, line) in lines.enumerated() {
            let indentation = line.prefix { $0 == " " }.count
            let text = line.dropFirst(indentation)
            if indentation == 2, text.hasPrefix("/"), text.hasSuffix(":") {
                path = String(text.dropLast())
            } else if indentation == 4, !path.isEmpty, ["get:", "post:"].contains(text) {
                operations.append(Operation(path: path, method: String(text.dropLast()), summary: "", line: number))
            } else if indentation == 6, text.hasPrefix("summary: "), !operations.isEmpty {
                operations[operations.count - 1].summary = String(text.dropFirst("summary: ".count))
            } else if indentation == 0, !text.isEmpty {
                path = ""
            }
        }
        return operations
    }
}
