/// The frame of the plain pages that explain the API: one style sheet, no script, nothing from elsewhere.
enum PlainPage {
    /// A whole document.
    ///
    /// - Parameters:
    ///   - title: as text.
    ///   - body: as HTML.
    static func text(title: String, body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(escaped(title)) · Claimboard</title>
        <style>
        body { font: 16px/1.55 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
        h1, h2 { line-height: 1.2; }
        code, pre { font: 14px/1.5 ui-monospace, monospace; }
        pre { overflow-x: auto; padding: 1rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        table { border-collapse: collapse; }
        td, th { text-align: left; padding: .25rem 1rem .25rem 0; vertical-align: top; }
        a { color: light-dark(#0a58ca, #8ab4f8); }
        :target { background: light-dark(#fff3bf, #5c4b00); }
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }

    /// Text for element content and quoted attributes.
    static func escaped(_ text: some StringProtocol) -> String {
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
