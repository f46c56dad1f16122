/// The one style sheet: light and dark, wide and narrow.
enum StyleSheet {
    /// The rules.
    static let text = """
        :root {
            color-scheme: light dark;
            --back: light-dark(#fbfaf8, #14161a);
            --card: light-dark(#ffffff, #1c1f25);
            --text: light-dark(#1d2024, #e6e4df);
            --soft: light-dark(#5d636b, #9aa0a8);
            --line: light-dark(#e4e1da, #2d3138);
            --link: light-dark(#0b57a4, #86b7f0);
            --accent: light-dark(#c2410c, #fb923c);
            --mark: light-dark(#fdeeb5, #574400);
        }
        * { box-sizing: border-box; }
        body {
            margin: 0; background: var(--back); color: var(--text);
            font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
        }
        a { color: var(--link); text-decoration: none; }
        a:hover, a:focus-visible { text-decoration: underline; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        header.site, main, footer.site { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
        header.site { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.5rem; padding-block: 1rem; }
        header.site .brand { font-weight: 700; font-size: 1.15rem; color: var(--text); margin-right: auto; }
        header.site .brand span { color: var(--accent); }
        header.site nav { display: flex; gap: 1.25rem; }
        form.search { display: flex; gap: .5rem; }
        form.search input {
            font: inherit; color: inherit; background: var(--card); min-width: 0; flex: 1;
            border: 1px solid var(--line); border-radius: .5rem; padding: .4rem .75rem;
        }
        form.search button {
            font: inherit; color: var(--card); background: var(--text); border: 0; border-radius: .5rem;
            padding: .4rem 1rem; cursor: pointer;
        }
        h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; margin: 1.5rem 0 .5rem; text-wrap: balance; }
        h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
        p.lead { color: var(--soft); max-width: 46rem; margin: 0 0 1.25rem; }
        .hero { padding: 1.5rem 0 .5rem; }
        .hero form.search { max-width: 34rem; }
        .hero form.search input { padding: .65rem 1rem; }
        .facts { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1.5rem 0; list-style: none; }
        .facts li {
            background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .5rem 1rem;
            color: var(--soft); font-size: .9rem;
        }
        .facts b { display: block; color: var(--text); font-size: 1.35rem; font-variant-numeric: tabular-nums; }
        .table { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
        table { border-collapse: collapse; width: 100%; font-size: .95rem; }
        th, td { text-align: left; vertical-align: top; padding: .6rem .85rem; border-top: 1px solid var(--line); }
        tr:first-child td { border-top: 0; } thead + tbody tr:first-child td { border-top: 1px solid var(--line); }
        thead th {
            border-top: 0; color: var(--soft); font-weight: 500; font-size: .8rem; text-transform: uppercase;
            letter-spacing: .04em; white-space: nowrap;
        }
        td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        td.score { font-weight: 650; }
        td.score small { color: var(--soft); font-weight: 400; }
        tr.first td { background: color-mix(in srgb, var(--accent) 7%, transparent); }
        .evidence { color: var(--soft); font-size: .88rem; max-width: 34rem; }
        .evidence::before { content: "“"; } .evidence::after { content: "”"; }
        td:has(.evidence) { min-width: 17rem; }
        .soft { color: var(--soft); }
        .tabs { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 1rem 0; list-style: none; }
        .tabs a {
            display: block; border: 1px solid var(--line); background: var(--card); border-radius: 2rem;
            padding: .2rem .9rem; font-size: .9rem;
        }
        .tabs a[aria-current] { background: var(--text); color: var(--back); border-color: var(--text); }
        .chart { width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
        .chart line { stroke: var(--line); }
        .chart text { fill: var(--soft); font: 12px system-ui, sans-serif; }
        .chart text.value { text-anchor: end; dominant-baseline: middle; }
        .chart text.last { text-anchor: end; }
        .chart circle { fill: var(--link); fill-opacity: .75; }
        .chart .record { fill: none; stroke: var(--accent); stroke-width: 2; }
        .abstract {
            background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.25rem;
            white-space: pre-line; max-width: 52rem; overflow-wrap: anywhere;
        }
        mark { background: var(--mark); color: inherit; border-radius: .2rem; padding: 0 .1em; }
        .tag {
            display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem;
            font-size: .8rem; color: var(--soft); white-space: nowrap;
        }
        .links { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
        blockquote { margin: .75rem 0; padding-left: 1rem; border-left: 3px solid var(--accent); }
        blockquote footer { color: var(--soft); font-size: .9rem; }
        footer.site {
            color: var(--soft); font-size: .88rem; border-top: 1px solid var(--line); margin-top: 3rem;
            padding-block: 1.25rem 2rem; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem;
        }
        @media (max-width: 40rem) {
            h1 { font-size: 1.5rem; }
            header.site form.search { order: 3; width: 100%; }
            th, td { padding: .5rem .6rem; }
        }

        """
}
