// The closed sets of words that a claim's fields take. The raw values are the words of the schema and of the JSON.

/// What a reported number is.
public enum ClaimKind: String, Sendable, Hashable, CaseIterable {
    /// A level reached: an accuracy of 80 %, an FID of 2.27, a cost of $0.88. Only scores are ever ranked.
    case score
    /// A difference or ratio to something else: 13 % better, 1.7x faster.
    case change
}

/// How a printed number bounds the true one.
public enum Bound: String, Sendable, Hashable, CaseIterable {
    case exact
    /// "up to 84 %": never ranks as an exact value.
    case upTo = "up_to"
    case atLeast = "at_least"
    /// "below 3 ms": never ranks as an exact value.
    case below
    case about
}

/// What a number is taken over, when it is said of several benchmarks or tasks.
public enum Aggregate: String, Sendable, Hashable, CaseIterable {
    case average
    case maximum
}

/// What a paper does with a benchmark.
public enum BenchmarkRole: String, Sendable, Hashable, CaseIterable {
    /// The paper presents it.
    case introduced
    /// The paper evaluates, tests or reports on it.
    case evaluated
    /// Anything else: background, training data.
    case mentioned
}

/// What is behind a URL.
public enum LinkKind: String, Sendable, Hashable, CaseIterable {
    case code
    case data
    case model
    case project
    case list
    case other
}

/// How strong a statement about the state of the art is.
public enum SOTAStrength: String, Sendable, Hashable, CaseIterable {
    /// Says that a system is the best.
    case sets
    /// Says that a system is as good as the best.
    case matches
}

/// Which way a metric gets better.
public enum MetricDirection: String, Sendable, Hashable, CaseIterable {
    case higher
    case lower
}
