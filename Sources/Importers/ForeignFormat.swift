/// A format that is not read, but known well enough to say what to do with it.
struct ForeignFormat {
    private let name: String
    private let remedy: String

    /// What to say about it.
    var defect: RecordDefect {
        RecordDefect(kind: .unsupported, what: "this is \(name), which is not read", remedy: remedy)
    }

    /// Knows a format by its first bytes, or by bytes that no text has.
    static func find(in bytes: UnsafeRawBufferPointer) -> ForeignFormat? {
        if let known = signatures.first(where: { bytes.starts(with: $0.bytes) }) { return known.format }
        let head = bytes.prefix(4096)
        let controls = head.count { $0 < 0x20 && !(0x08...0x0D).contains($0) && $0 != 0x1B }
        return controls * 10 > head.count ? ForeignFormat(name: "binary data", remedy: textRemedy) : nil
    }

    /// Knows a format that is text by its first line that is not blank.
    static func find(inFirstLine line: String) -> ForeignFormat? {
        let lower = line.prefix(200).lowercased()
        if lower.hasPrefix("<!doctype html") || lower.hasPrefix("<html") {
            return ForeignFormat(
                name: "an HTML page",
                remedy: "Open it in a browser, select all, and save the copied text."
            )
        }
        if lower.hasPrefix("<?xml") { return ForeignFormat(name: "XML", remedy: textRemedy) }
        let fields = lower.split { ",;\t".contains($0) }.map { $0.filter { $0 != "\"" && $0 != " " } }
        if fields.contains("title") && (fields.contains("abstract") || fields.contains("summary")) {
            return ForeignFormat(
                name: "a table of comma-separated values",
                remedy: "Make JSON Lines of it, with \"title\" and \"abstract\" in each object."
            )
        }
        return nil
    }

    private static let textRemedy = "Give JSON Lines, plain text, or the copied text of a listing page."

    private static let signatures: [(bytes: [UInt8], format: ForeignFormat)] = [
        ([0xFF, 0xFE], utf16), ([0xFE, 0xFF], utf16), ([0x00, 0x00, 0xFE, 0xFF], utf16),
        (Array("%PDF-".utf8), ForeignFormat(name: "a PDF file", remedy: "`pdftotext` makes text of it.")),
        ([0x89, 0x50, 0x4E, 0x47], ForeignFormat(name: "a PNG picture", remedy: textRemedy)),
        ([0xFF, 0xD8, 0xFF], ForeignFormat(name: "a JPEG picture", remedy: textRemedy)),
        (Array("GIF8".utf8), ForeignFormat(name: "a GIF picture", remedy: textRemedy)),
        (
            [0x50, 0x4B, 0x03, 0x04],
            ForeignFormat(name: "a zip archive or an office document", remedy: "Unpack it, or save it as plain text.")
        ),
        (Array("BZh".utf8), ForeignFormat(name: "bzip2 data", remedy: "Unpack it with `bunzip2` first.")),
        (
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],
            ForeignFormat(name: "xz data", remedy: "Unpack it with `unxz` first.")
        ),
        ([0x28, 0xB5, 0x2F, 0xFD], ForeignFormat(name: "Zstandard data", remedy: "Unpack it with `unzstd` first.")),
        ([0x1F, 0x8B], ForeignFormat(name: "gzip data inside gzip data", remedy: "Unpack it once with `gunzip`.")),
        (
            [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
            ForeignFormat(name: "a 7z archive", remedy: "Unpack it first.")
        ),
        (Array("SQLite format 3".utf8), ForeignFormat(name: "an SQLite database", remedy: textRemedy)),
        (Array("PAR1".utf8), ForeignFormat(name: "a Parquet file", remedy: "Make JSON Lines of it.")),
        ([0x7F, 0x45, 0x4C, 0x46], ForeignFormat(name: "a program", remedy: textRemedy)),
        (Array("{\\rtf".utf8), ForeignFormat(name: "an RTF document", remedy: "Save it as plain text.")),
    ]

    private static let utf16 = ForeignFormat(
        name: "text in UTF-16 or UTF-32",
        remedy: "`iconv -f UTF-16 -t UTF-8` makes UTF-8 of it."
    )
}
