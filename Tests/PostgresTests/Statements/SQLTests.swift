import Testing

@testable import Postgres

@Suite struct SQLTests {
    @Test func `interpolation binds values in order`() {
        let sql: SQL = "SELECT \(1), \("it's"), \(Int?.none)"
        #expect(sql.text == "SELECT $1, $2, $3")
        #expect(values(sql) == ["1", "it's", nil])
    }

    @Test func `a fragment's binds are renumbered, and a placeholder in its literals is left alone`() {
        let filter: SQL = "b = \(2) AND c = '$1' AND d = \(3)"
        let sql: SQL = "SELECT \(1) WHERE \(filter) LIMIT \(4)"
        #expect(sql.text == "SELECT $1 WHERE b = $2 AND c = '$1' AND d = $3 LIMIT $4")
        #expect(values(sql) == ["1", "2", "3", "4"])
    }

    @Test func `fragments with more than nine binds keep their order`() {
        let fragments = (0..<25).map { "\($0)" as SQL }
        let sql = SQL.joined([SQL.joined(fragments, separator: ", "), "\(25)"], separator: "; ")
        #expect(sql.text.hasSuffix("$24, $25; $26"))
        #expect(values(sql) == (0...25).map { "\($0)" })
    }

    @Test func `text that is no literal needs its label, and names are quoted`() {
        let sql: SQL = "SELECT \(unescaped: "now()") FROM \(identifier: #"odd "name""#)"
        #expect(sql.text == #"SELECT now() FROM "odd ""name""""#)
        #expect(sql.binds.count == 0)
    }

    @Test(arguments: [
        ("a'b", "'a''b'"), (#"a\b'"#, #" E'a\\b'''"#), ("", "''"), ("é", "'é'"),
    ])
    func `binds become literals where no parameters are allowed`(value: String, literal: String) {
        let sql: SQL = "COPY (SELECT \(value), \(String?.none), \(7)) TO STDOUT"
        #expect(sql.textWithLiterals == "COPY (SELECT \(literal), NULL, '7') TO STDOUT")
    }

    @Test(
        arguments: [
            "SELECT \("a\0b")", SQL(unescaped: "SELECT 1\0"), "SELECT \(SQL(unescaped: "1\0"))", "\(unescaped: "\0")",
        ] as [SQL]
    )
    func `a statement that the server cannot be given is refused`(sql: SQL) {
        #expect(sql.defect?.code == .misuse)
    }

    @Test func `more binds than the protocol can count are refused`() {
        let most = SQL.joined((0..<65_535).map { _ in "\(1)" }, separator: ",")
        #expect(most.defect == nil)
        #expect(SQL.joined([most, "\(1)"], separator: ",").defect?.code == .misuse)
    }

    @Test func `values do not show when a statement is printed`() {
        let sql: SQL = "SELECT \("s3cret")"
        var dumped = ""
        dump(sql, to: &dumped)
        #expect("\(sql)" == "SELECT $1")
        #expect(!String(reflecting: sql).contains("s3cret"))
        #expect(!dumped.contains("s3cret"))
    }

    private func values(_ sql: SQL) -> [String?] {
        (0..<sql.binds.count).map { index in
            sql.binds.value(at: index).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
