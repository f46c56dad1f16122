import Testing

@testable import Formats

@Suite struct CSVWriterTests {
    @Test func `writes a header and rows that end with CR LF`() {
        var csv = CSVWriter(columns: ["rank", "model"])
        csv.cell(1)
        csv.cell("M1, \"large\"")
        csv.endRow()
        csv.row(nil, "")
        #expect(
            String(decoding: csv.takeBytes(), as: UTF8.self)
                == "rank,model\r\n1,\"M1, \"\"large\"\"\"\r\n,\"\"\r\n"
        )
        csv.cell(-2)
        csv.cell(" a ")
        csv.endRow()
        #expect(String(decoding: csv.takeBytes(), as: UTF8.self) == "-2,\" a \"\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1+2", "'-1+2"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("\nx", "'\nx"), ("＝1", "'＝1"), ("-", "'-"), ("-78.37", "-78.37"), ("3", "3"), ("a=1", "a=1"), ("－", "'－"),
    ])
    func `a cell that a spreadsheet would run is made harmless, unless raw cells are asked for`(
        text: String,
        harmless: String
    ) throws {
        for (cells, expected) in [(CSVWriter.Cells.harmless, harmless), (.raw, text)] {
            var csv = CSVWriter(columns: ["x"], cells: cells)
            csv.cell(text)
            csv.endRow()
            #expect(try StrictCSV.rows(csv.bytes) == [["x"], [expected]])
        }
    }

    @Test(arguments: [4, 5, 6] as [UInt64])
    func `a strict reader reads back any cell`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<1000).map { _ in (0..<3).map { _ in random.text(maximumLength: 12) } }
        var csv = CSVWriter(columns: ["a", "b", "c"], cells: .raw)
        for row in rows {
            csv.cell(row[0])
            csv.cell(row[1])
            Array(row[2].utf8).withUnsafeBytes { csv.cell(utf8: $0) }
            csv.endRow()
        }
        let read = try StrictCSV.rows(csv.bytes)
        let wrong = zip(read.dropFirst(), rows).first { $0 != $1 }
        #expect(read.count == rows.count + 1 && wrong == nil, "seed \(seed)")
    }

    @Test func `a row with a missing cell stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var csv = CSVWriter(columns: ["a", "b"])
            csv.cell("only one")
            csv.endRow()
        }
    }
}

/// Reads RFC 4180 to the letter: anything that it does not allow is an error.
private enum StrictCSV {
    struct Malformed: Error { let offset: Int }

    static func rows(_ bytes: [UInt8]) throws -> [[String]] {
        var (rows, row) = ([[String]](), [String]())
        var index = 0
        while index < bytes.count {
            var cell: [UInt8] = []
            if bytes[index] == UInt8(ascii: "\"") {
                index += 1
                while true {
                    guard index < bytes.count else { throw Malformed(offset: index) }
                    if bytes[index] == UInt8(ascii: "\"") {
                        index += 1
                        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { break }
                    }
                    cell.append(bytes[index])
                    index += 1
                }
            } else {
                while index < bytes.count, bytes[index] != UInt8(ascii: ","), bytes[index] != UInt8(ascii: "\r") {
                    guard bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\n") else {
                        throw Malformed(offset: index)
                    }
                    cell.append(bytes[index])
                    index += 1
                }
            }
            row.append(String(decoding: cell, as: UTF8.self))
            guard index < bytes.count else { throw Malformed(offset: index) }
            if bytes[index] == UInt8(ascii: ",") {
                index += 1
                continue
            }
            guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\r"), bytes[index + 1] == UInt8(ascii: "\n")
            else { throw Malformed(offset: index) }
            index += 2
            rows.append(row)
            row = []
        }
        return rows
    }
}
