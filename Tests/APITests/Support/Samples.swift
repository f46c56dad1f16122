import Claims

/// Papers in our own words, with what the tests look for in them.
enum Samples {
    /// Three models on one benchmark, and one improvement that must never be ranked with them.
    static let papers: [Paper] = [
        paper(
            "Counter: a small model that counts well",
            "2509.00001",
            "2025-09-01",
            "We present Counter 7B. Counter 7B reaches an accuracy of 91.2% on GSM8K. "
                + "Our code is available at https://github.com/example/counter."
        ),
        paper(
            "Adder: sums without tears",
            "2509.00002",
            "2025-09-02",
            "Adder 13B achieves 93.5% accuracy on GSM8K and sets a new state of the art."
        ),
        paper(
            "Guesser: better than nothing",
            "2508.00003",
            "2025-08-15",
            "Guesser 1B achieves an accuracy of 64.0% on GSM8K."
        ),
        paper(
            "=HYPERLINK: a model with a title like a formula",
            "2510.00004",
            "2025-10-01",
            "Formula 3B achieves an accuracy of 88.8% on GSM8K, and improves accuracy on MMLU by 12%."
        ),
    ]

    private static func paper(_ title: String, _ arxiv: String, _ date: String, _ abstract: String) -> Paper {
        Paper(
            title: title,
            abstract: abstract,
            identifiers: [PaperIdentifier(scheme: .arxiv, value: arxiv)].compactMap { $0 },
            published: PublicationDate(date),
            url: "https://arxiv.org/abs/\(arxiv)"
        )
    }
}
