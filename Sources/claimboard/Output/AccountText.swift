import API
import Formats
import Registry

/// How lists of accounts and tokens are printed.
enum AccountText {
    /// Prints accounts.
    static func write(_ accounts: [Account], as format: OutputFormat) throws {
        let columns = ["id", "name", "role", "state", "created_at", "issuer"]
        let rows = accounts.map { account -> [String?] in
            [
                String(account.id), account.name, account.role.rawValue,
                account.disabledAt == nil ? "active" : "disabled", account.createdAt, account.issuer,
            ]
        }
        try write(accounts, columns, rows, as: format)
    }

    /// Prints tokens, which are not secret but for what they do not hold.
    static func write(_ tokens: [AccessToken], as format: OutputFormat) throws {
        let columns = ["id", "account", "name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"]
        let rows = tokens.map { token -> [String?] in
            [
                String(token.id), token.accountName, token.name, token.scopes.map(\.rawValue).joined(separator: " "),
                token.createdAt, token.expiresAt, token.lastUsedAt, token.revokedAt,
            ]
        }
        try write(tokens, columns, rows, as: format)
    }

    /// Prints a list in any format; the flexible column may be cut to the width of a terminal.
    static func write(
        _ items: [some JSONValue],
        _ columns: [String],
        _ rows: [[String?]],
        as format: OutputFormat,
        flexible: String = "name"
    ) throws {
        switch format {
        case .table:
            var table = TextTable(columns: columns.map { .init($0, isFlexible: $0 == flexible) })
            fill(&table, rows)
            try StandardOutput.write(table)
        case .csv:
            var csv = CSVWriter(columns: columns)
            fill(&csv, rows)
            try StandardOutput.write(csv.bytes)
        case .markdown:
            var table = MarkdownTable(columns: columns.map { .init($0) })
            fill(&table, rows)
            try StandardOutput.write(table.text)
        case .json: try StandardOutput.write(json: items)
        }
    }

    private static func fill(_ table: inout some TableWriter, _ rows: [[String?]]) {
        for row in rows {
            for text in row { table.cell(text) }
            table.endRow()
        }
    }
}
