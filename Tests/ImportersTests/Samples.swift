/// One small source in each format, with two papers and one record that is refused.
enum Samples {
    static let all: [(format: String, text: String)] = [
        (
            "JSON Lines",
            """
            {"id": "1", "title": "First – title", "abstract": "Reaches 78.37 percent.", "doi": "n/a"}\r
            {"title": "no abstract"}

            {"title": "Second \\"title\\"", "abstract": "Line one.\\nLine two."}
            """
        ),
        (
            "JSON",
            """
            [
              {"title": "First – title",
               "abstract": "Reaches 78.37 percent."},
              {"title": "broken
              {"title": "Second \\"title\\"", "abstract": "Line one.\\nLine two."}
            ]

            """
        ),
        (
            "listing page",
            """
            Daily Papers

            Sep 12

            First – title of a page

            \(String(repeating: "Reaches 78.37 percent on a benchmark. ", count: 9))

            A title that has no abstract

            Second title of a page

            \(String(repeating: "Several words, with an é and a 数. ", count: 9))
            """
        ),
        (
            "text",
            "First – title\n\nReaches 78.37 percent.\n\nNo abstract\n\nSecond title\n\nLine one,\nline two.\n"
        ),
    ]
}
