package import Claims

/// Reads claims with weights that are on trial: for cross-validation.
package struct TrialReader {
    private let weights: WeightTable
    private let nameFinder: NameFinder
    private var workspace = Workspace()

    /// Takes weights of the choices in the form of `weights.tsv` and of the names in that of `name-weights.tsv`; `nil` for
    /// the built-in ones.
    package init(weights: String?, nameWeights: String? = nil) {
        self.weights = weights.map { WeightTable(text: $0, lexicon: .builtIn) } ?? .builtIn
        nameFinder = NameFinder(model: nameWeights.map { NameModel(text: $0) } ?? .builtIn)
    }

    /// Reads the claims of an abstract.
    ///
    /// `goldNames`: the annotated names of benchmarks, to be used in place of those that the extractor finds.
    package mutating func claims(title: String, abstract: String, goldNames: [String]?) -> [ExtractedClaim] {
        var (title, abstract) = (title, abstract)
        return title.withUTF8 { title in
            abstract.withUTF8 { abstract in
                workspace.title.read(title, lexicon: .builtIn)
                workspace.abstract.read(abstract, lexicon: .builtIn)
                _ = nameFinder.find(
                    title: NameSource(document: workspace.title, source: title),
                    abstract: NameSource(document: workspace.abstract, source: abstract),
                    names: &workspace.names,
                    scratch: &workspace.nameScratch
                )
                if let goldNames { workspace.names.setBenchmarks(goldNames, in: workspace.abstract) }
                return ClaimFinder.find(
                    abstract: workspace.abstract,
                    source: abstract,
                    names: workspace.names,
                    weights: weights,
                    workspace: &workspace.claims
                )
            }
        }
    }
}
