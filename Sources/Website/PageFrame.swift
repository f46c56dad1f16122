import Hummingbird
import NIOCore

/// What all pages have around them.
struct PageFrame {
    /// The title, without the site's name.
    var title: String
    /// What stands in the search box.
    var search = ""
    /// Whether the header has a search box; the first page has a larger one of its own.
    var hasSearch = true

    /// The whole document.
    ///
    /// - Parameter content: what is special to the page.
    /// - Returns: HTML that needs no script and fetches nothing but the site's own style sheet.
    func document(_ content: HTML) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · Claimboard</title>
        <link rel="stylesheet" href="/site.css">
        </head>
        <body>
        <header class="site">
        <a class="brand" href="/">Claim<span>board</span></a>
        \(hasSearch ? searchBox : .nothing)
        <nav><a href="/benchmarks">Benchmarks</a><a href="/docs">API</a></nav>
        </header>
        <main>
        \(content)
        </main>
        <footer class="site">
        <span>Every number shows the words it was read from.</span>
        <span>Only numbers that mean the same thing are ranked against each other.</span>
        </footer>
        </body>
        </html>

        """
    }

    private var searchBox: HTML {
        """
        <form class="search" action="/benchmarks" role="search">\
        <input name="q" type="search" value="\(search)" placeholder="Find a benchmark" aria-label="Find a benchmark" \
        maxlength="200"><button>Search</button></form>
        """
    }

    /// The document as an answer.
    func response(_ content: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: """
                default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                frame-ancestors 'none'
                """,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: document(content).markup))
        )
    }
}
