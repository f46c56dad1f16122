import Testing

@testable import Website

@Suite struct HTMLTests {
    @Test func `Text is escaped, markup is not`() {
        let hostile = "<script>alert(\"1\")</script> & 'x'"
        let html: HTML = "<p title=\"\(hostile)\">\(hostile)</p>\(HTML("<br>"))\([HTML("<i>"), HTML("</i>")])"
        let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"
        #expect(html.markup == "<p title=\"\(escaped)\">\(escaped)</p><br><i></i>")
    }

    @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "//example.org", "JAVASCRIPT:x", ""])
    func `An address that may run code becomes no link`(url: String) {
        #expect(HTML.link("words", to: url).markup == "words")
    }

    struct Marked: CustomTestStringConvertible {
        var places: [Range<Int>]
        var html: String
        var testDescription: String { html }
    }

    @Test(arguments: [
        Marked(places: [], html: "aé&lt;b&gt;z"),
        Marked(places: [1..<3], html: "a<mark title=\"n\">é</mark>&lt;b&gt;z"),
        Marked(places: [0..<3, 1..<4], html: "<mark title=\"n\">aé&lt;</mark>b&gt;z"),
        Marked(places: [5..<7, 0..<1], html: "<mark title=\"n\">a</mark>é&lt;b<mark title=\"n\">&gt;z</mark>"),
        Marked(places: [2..<3, 0..<99, -1..<1, 3..<3], html: "aé&lt;b&gt;z"),
    ])
    func `Evidence is marked where it stands, and nowhere else`(marked: Marked) {
        let places = marked.places.map { HighlightedText.Place(range: $0, label: "n") }
        #expect(HighlightedText.html("aé<b>z", places: places).markup == marked.html)
    }
}
