import Claims
import Testing

@testable import Importers

@Suite struct HostileInputTests {
    @Test(arguments: [
        ("%PDF-1.7\n%âãÏÓ\n1 0 obj", "this is a PDF file, which is not read"),
        ("<!DOCTYPE html>\n<html><body>Daily Papers</body></html>", "this is an HTML page, which is not read"),
        ("\n  <?xml version=\"1.0\"?><feed></feed>", "this is XML, which is not read"),
        ("id,\"title\",\"abstract\"\n1,T,A.\n", "this is a table of comma-separated values, which is not read"),
        ("{\\rtf1\\ansi Title}", "this is an RTF document, which is not read"),
        ("SQLite format 3\u{0}", "this is an SQLite database, which is not read"),
    ])
    func `a foreign format of text is named`(text: String, what: String) {
        let imported = Imported.of(text)
        #expect(imported.codes == ["- unsupported fatal"])
        #expect(imported.problems.first?.what == what)
        #expect(imported.problems.first?.remedy != nil)
    }

    @Test(
        arguments: [
            ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "this is a PNG picture, which is not read"),
            ([0x50, 0x4B, 0x03, 0x04, 0x14], "this is a zip archive or an office document, which is not read"),
            ([0x28, 0xB5, 0x2F, 0xFD, 0x01], "this is Zstandard data, which is not read"),
            ([0xFF, 0xFE, 0x7B, 0x00, 0x22, 0x00], "this is text in UTF-16 or UTF-32, which is not read"),
            ([0xFE, 0xFF, 0x00, 0x7B], "this is text in UTF-16 or UTF-32, which is not read"),
            ([0x54, 0x00, 0x69, 0x00, 0x74, 0x00, 0x6C, 0x00], "this is binary data, which is not read"),
            ([0x00], "this is binary data, which is not read"),
        ] as [([UInt8], String)]
    )
    func `a binary format is named`(bytes: [UInt8], what: String) {
        for source in [bytes, bytes + [UInt8](repeating: 0x41, count: 8)] where source.count > 1 || bytes == source {
            let imported = Imported.of(source)
            #expect(imported.codes == ["- unsupported fatal"])
            #expect(imported.problems.first?.what == what)
        }
    }

    @Test func `gzip inside gzip is named`() {
        let imported = Imported.of(Gzip.packed(Gzip.packed("text".utf8)))
        #expect(imported.problems.map(\.what) == ["this is gzip data inside gzip data, which is not read"])
    }

    @Test(arguments: [
        ("", "it is empty"), (" \n\r\n\t", "there is no paper in it"), ("\u{FEFF}", "there is no paper in it"),
    ])
    func `an empty source is told`(text: String, what: String) {
        for bytes in [Array(text.utf8), Gzip.packed(text.utf8)] {
            let imported = Imported.of(bytes)
            #expect(imported.codes == ["- empty fatal"])
            #expect(imported.problems.first?.what == what)
        }
    }

    @Test func `a byte order mark is no part of the first record`() {
        #expect(Imported.of("\u{FEFF}{\"title\":\"T\",\"abstract\":\"A.\"}").papers.map(\.title) == ["T"])
        #expect(Imported.of("\u{FEFF}T\n\nA.").papers.map(\.title) == ["T"])
    }

    @Test(arguments: ["title", "abstract", "id"]) func `each text has a longest`(field: String) {
        var limits = ImportLimits()
        (limits.titleBytes, limits.abstractBytes, limits.labelBytes) = (10, 10, 10)
        for (count, isTaken) in [(10, true), (11, false)] {
            var fields = ["title": "T", "abstract": "A", "id": "1"]
            fields[field] = String(repeating: "é", count: count / 2) + String(repeating: "x", count: count % 2)
            let line = "{" + fields.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}"
            let imported = Imported.of(line, limits: limits)
            #expect(imported.papers.count == (isTaken ? 1 : 0))
            #expect(imported.codes == (isTaken ? [] : ["1 too_long refused"]))
        }
    }

    @Test func `a title of a megabyte and an abstract of two are refused, in text as well`() {
        let megabyte = String(repeating: "word ", count: 200_000)
        let json =
            "{\"title\":\"\(megabyte)\",\"abstract\":\"A.\"}\n{\"title\":\"T\",\"abstract\":\"\(megabyte)\(megabyte)\"}"
        #expect(Imported.of(json).codes == ["1 too_long refused", "2 too_long refused"])
        #expect(Imported.of("T\n\n\(megabyte)\n\(megabyte)\n\nU\n\nB.").codes == ["1 too_long refused"])
        #expect(Imported.of("T\n\n\(megabyte)\n\(megabyte)\n\nU\n\nB.").papers.map(\.title) == ["U"])
    }

    /// A record over the limit in the middle of a source; the papers around it have to come out.
    @Test(arguments: [
        "{\"title\":\"One\",\"abstract\":\"A.\"}\n{\"title\":\"%\"}\n{\"title\":\"Two\",\"abstract\":\"B.\"}\n",
        "[{\"title\":\"One\",\"abstract\":\"A.\"},\n{\"title\":\"%\",\"x\":[]},\n{\"title\":\"Two\",\"abstract\":\"B.\"}]",
        "One\n\nA.\n\nLong\n\n%\n\nTwo\n\nB.\n",
    ])
    func `a record over the limit is stepped over`(pattern: String) {
        var limits = ImportLimits()
        limits.recordBytes = 10_000
        let parts = pattern.split(separator: "%").map { Array($0.utf8) }
        let text = parts[0] + [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000) + parts[1]
        for pieceSize in [1000, 10_000, 64 << 10, text.count] {
            let imported = Imported.of(text, limits: limits, pieceSize: { pieceSize })
            #expect(imported.papers.map(\.title) == ["One", "Two"])
            #expect(imported.problems.map(\.kind) == [.tooLong])
            #expect(imported.problems.map(\.severity) == [.refused])
        }
    }

    @Test(arguments: ["", "\r"]) func `the longest line is taken, one byte more is not`(carriageReturn: String) {
        var limits = ImportLimits()
        limits.recordBytes = 40
        for (padding, isTaken) in [(11, true), (12, false)] {
            let line = "{\"title\":\"T\",\"abstract\":\"A.\"" + String(repeating: " ", count: padding) + "}"
            for pieceSize in [1, 7, 100] {
                let bytes = Array((line + carriageReturn + "\n").utf8)
                let imported = Imported.of(bytes, limits: limits, pieceSize: { pieceSize })
                #expect(line.utf8.count == 29 + padding)
                #expect(imported.papers.count == (isTaken ? 1 : 0))
            }
        }
    }
}
