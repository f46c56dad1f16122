import Testing

@testable import Formats

@Suite struct TableTests {
    @Test func `Markdown has titles, sides and escaped cells`() {
        var table = MarkdownTable(columns: [.init("#", .right), .init("model")])
        table.row("1", "a|b *c* <i>\n$x_1$")
        table.cell(2)
        table.cell("code [x]", linkingTo: "https://example.org/a_b|c>")
        table.endRow()
        table.cell(nil as String?)
        table.cell("bad", linkingTo: "javascript:alert(1)")
        table.endRow()
        #expect(
            table.text == #"""
                | # | model |
                | ---: | --- |
                | 1 | a\|b \*c\* \<i\> \$x\_1\$ |
                | 2 | [code \[x\]](<https://example.org/a_b%7cc%3e>) |
                |  | bad |

                """#
        )
    }

    @Test func `columns of a text table line up, wide characters too`() {
        var table = TextTable(columns: [.init("rank", .right), .init("model"), .init("value", .right)])
        table.row("1", "数据集", "78.37")
        table.row("10", "ab", nil)
        #expect(
            table.rendered() == """
                rank  model   value
                ----  ------  -----
                   1  数据集  78.37
                  10  ab

                """
        )
    }

    @Test func `flexible columns give way to the width`() {
        var table = TextTable(columns: [.init("title", isFlexible: true), .init("n", .right)])
        table.row("A title that goes on and on", "1")
        table.row("short", "22")
        #expect(
            table.rendered(width: 20) == """
                title              n
                ----------------  --
                A title that go…   1
                short             22

                """
        )
        #expect(table.rendered(width: 1).split(separator: "\n").map(\.displayWidth).max() == 12)
    }

    @Test func `titles are bold where colour is asked for`() {
        let table = TextTable(columns: [.init("a")])
        #expect(table.rendered(isColoured: true) == "\u{1B}[1ma\u{1B}[0m\n-\n")
    }

    @Test func `a paper's text cannot command the terminal`() {
        var table = TextTable(columns: [.init("t")])
        table.row("a\u{1B}[31mred\nnext\u{202E}\u{7}")
        #expect(table.rendered() == "t\n\(String(repeating: "-", count: 15))\na\u{FFFD}[31mred next\u{FFFD}\n")
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("数据", 4), ("e\u{301}", 1), ("👍", 2), ("👍🏽", 2), ("👩‍💻", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1),
        ("한글", 4), ("ｶﾅ", 2), ("ＡＢ", 4), ("a\u{200B}b", 2), ("–µ×", 3), ("हिन्दी", 5),
    ])
    func `knows how many columns a text takes`(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: [
        ("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("数据集", 4, "数…"),
        ("ab cd", 4, "ab…"), ("ab", 0, ""),
    ])
    func `cuts a text to a width`(text: String, limit: Int, expected: String) {
        #expect(text.truncated(toDisplayWidth: limit) == expected)
        #expect(expected.displayWidth <= limit)
    }
}
