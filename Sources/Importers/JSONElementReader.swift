/// Reads JSON that is not one object a line: an array of objects, or objects that go over several lines each.
///
/// Only cuts the text into elements; what is in them is ``PaperJSON``'s matter. After a mistake in the nesting it goes on
/// at the next line that opens an object where the broken one was opened.
struct JSONElementReader: RecordReader {
    private enum Place {
        /// Before, between or after elements.
        case between
        case inElement(JSONElement)
        /// After a mistake in an element that started in this column.
        case lost(column: Int)
        /// After the array's end.
        case afterArray
        /// Nothing more is looked at.
        case done
    }

    private let source: String
    private let limits: ImportLimits
    /// Whether the text is an array of elements, not a row of objects; `nil` before its first byte.
    private var isArray: Bool?
    private var place = Place.between
    private var line = 1
    private var column = 0
    /// Bytes at the start of the queue that have been looked at: those of an element whose end has not come yet.
    private var scanned = 0
    /// Bytes of an element over the limit that were dropped.
    private var dropped = 0

    init(source: String, limits: ImportLimits) {
        self.source = source
        self.limits = limits
    }

    mutating func read(_ queue: inout ByteQueue, into items: inout [ImportItem]) {
        let end = queue.end
        queue.consume { bytes in
            var start = 0
            var index = scanned
            while index < bytes.count {
                switch place {
                case .between: begin(with: bytes[index], &items)
                case .lost(let column): resume(with: bytes[index], at: column)
                case .afterArray: refuseMore(bytes[index], &items)
                case .inElement, .done: break
                }
                if case .inElement(var element) = place {
                    let isNew = element.count == 0
                    if isNew { start = index }
                    let next = element.scan(bytes, from: index)
                    advance(over: UnsafeRawBufferPointer(rebasing: bytes[index..<next]))
                    index = next
                    place = .inElement(element)
                    if element.isComplete || element.defect != nil {
                        finish(element, UnsafeRawBufferPointer(rebasing: bytes[start..<index]), &items)
                        start = index
                    }
                } else {
                    advance(over: UnsafeRawBufferPointer(rebasing: bytes[index...index]))
                    index += 1
                    start = index
                }
            }
            if bytes.count - start > limits.recordBytes || dropped > 0 {
                dropped += bytes.count - start
                start = bytes.count
            }
            scanned = bytes.count - start
            return start
        }
        if let end { finish(end, &items) }
    }

    private mutating func begin(with byte: UInt8, _ items: inout [ImportItem]) {
        if [0x20, 0x09, 0x0A, 0x0D].contains(byte) { return }
        guard let isArray else {
            isArray = byte == UInt8(ascii: "[")
            if isArray == false { place = .inElement(JSONElement(line: line, column: column)) }
            return
        }
        switch byte {
        case UInt8(ascii: ",") where isArray: break
        case UInt8(ascii: "]") where isArray: place = .afterArray
        case UInt8(ascii: "}"): refuse(RecordDefect(kind: .syntax, what: "not valid JSON: “}” closes nothing"), &items)
        case _ where isArray || byte == UInt8(ascii: "{"): place = .inElement(JSONElement(line: line, column: column))
        default:
            refuse(RecordDefect(kind: .syntax, what: "not valid JSON: there is something between the objects"), &items)
            place = .lost(column: 0)
        }
    }

    private mutating func resume(with byte: UInt8, at column: Int) {
        guard byte == UInt8(ascii: "{"), self.column == column else { return }
        place = .inElement(JSONElement(line: line, column: column))
    }

    private mutating func refuseMore(_ byte: UInt8, _ items: inout [ImportItem]) {
        if [0x20, 0x09, 0x0A, 0x0D].contains(byte) { return }
        refuse(RecordDefect(kind: .syntax, what: "not valid JSON: there is more after the array's end"), &items)
        place = .done
    }

    private mutating func finish(
        _ element: JSONElement,
        _ bytes: UnsafeRawBufferPointer,
        _ items: inout [ImportItem]
    ) {
        let length = dropped + bytes.count
        dropped = 0
        place = element.defect == nil ? .between : .lost(column: element.column)
        if let what = element.defect {
            let found = line == element.line ? "" : " (line \(line))"
            let defect = RecordDefect(kind: .syntax, what: "not valid JSON: \(what)\(found)")
            items.append(.problem(defect.problem(in: source, line: element.line)))
        } else if length > limits.recordBytes {
            let defect = RecordDefect.recordTooLong(length, limit: limits.recordBytes)
            items.append(.problem(defect.problem(in: source, line: element.line)))
        } else {
            items.append(record: bytes, at: element.line, in: source, limits: limits)
        }
    }

    private mutating func finish(_ end: ByteQueue.End, _ items: inout [ImportItem]) {
        switch place {
        case .inElement(let element) where end == .cutShort:
            items.append(.problem(RecordDefect.cutShort.problem(in: source, line: element.line)))
        case .inElement(let element):
            let defect = RecordDefect(
                kind: .syntax,
                what: "not valid JSON: the text ends in the middle of the object",
                remedy: "The file may have been cut short: fetch it again."
            )
            items.append(.problem(defect.problem(in: source, line: element.line)))
        case .between where isArray == true && end == .complete:
            let defect = RecordDefect(
                kind: .syntax,
                what: "not valid JSON: the array has no end",
                remedy: "The file may have been cut short: fetch it again."
            )
            refuse(defect, &items)
        case .between, .lost, .afterArray, .done: break
        }
        place = .done
    }

    private func refuse(_ defect: RecordDefect, _ items: inout [ImportItem]) {
        items.append(.problem(defect.problem(in: source, line: line)))
    }

    private mutating func advance(over bytes: UnsafeRawBufferPointer) {
        var lineStart = 0
        while let lineEnd = bytes.firstLineEnd(from: lineStart) {
            line += 1
            column = 0
            lineStart = lineEnd + 1
        }
        column += bytes.count - lineStart
    }
}
