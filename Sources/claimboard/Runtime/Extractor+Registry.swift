import Extraction
import Registry

extension Extractor {
    /// Makes an extractor that also looks for the benchmarks that a registry knows, as it knows them now.
    ///
    /// What a person has set is a name like those of the built-in list. What has only been read in papers is found as it
    /// was printed, and counts for little without other signs of a benchmark.
    ///
    /// - Throws: `PostgresError`.
    init(knowing registry: Registry) async throws {
        let entries = try await registry.provenNames().map { known in
            Gazetteer.Entry(name: known.name, kind: known.isSetByPerson ? .name : .word)
        }
        self.init(gazetteer: Gazetteer.builtIn.adding(entries))
    }
}
