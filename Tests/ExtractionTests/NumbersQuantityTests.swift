import Claims
import Testing

@testable import Extraction

@Suite struct NumbersQuantityTests {
    @Test func `the case file has cases`() {
        #expect(CaseFile.cases(of: "quantities.txt").count > 20)
    }

    @Test(arguments: CaseFile.cases(of: "quantities.txt"))
    func `reads numbers with range, unit and bound`(example: CaseFile.Case) {
        let document = ReadDocument(example.text).document
        var quantities: [Quantity] = []
        QuantityFinder.find(in: document, into: &quantities)
        #expect(quantities.map { line(of: $0, in: document) } == example.expected)
    }

    private func line(of quantity: Quantity, in document: Document) -> String {
        var value = quantity.amount.decimal(in: document)?.description ?? "?"
        if let high = quantity.high?.decimal(in: document) { value += "..\(high)" }
        let move = quantity.move == .none ? "" : " \(quantity.move)"
        return "\(value) \(UnitTable.builtIn.name(of: quantity.unit)) \(quantity.bound.rawValue)\(move)"
    }
}
