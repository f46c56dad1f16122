import Extraction
import ExtractionChecks

/// Measures that twice as much of a hostile text takes about twice the time.
enum HostileMeasurement {
    /// Reads each text at three sizes and prints how long that takes.
    static func run(megabytes: Int) {
        print("text: seconds for \(megabytes), \(2 * megabytes) and \(4 * megabytes) MB; the last over the one before")
        var limits = ExtractionLimits()
        limits.maximumBytes = 4 * megabytes << 20
        let extractor = Extractor(limits: limits)
        for (name, piece) in HostileTexts.all {
            let seconds = [1, 2, 4].map { factor in
                let text = HostileTexts.text(piece, size: factor * megabytes << 20)
                let start = processorSeconds()
                var workspace = Workspace()
                text.withUnsafeBufferPointer { text in
                    _ = extractor.extract(title: text, abstract: text, workspace: &workspace)
                }
                return processorSeconds() - start
            }
            let ratio = rounded(seconds[2] / max(seconds[1], 1e-6), digits: 2)
            print("\(name): \(seconds.map { rounded($0, digits: 3) }.joined(separator: " "))  x\(ratio)")
        }
        print("peak memory: \(rounded(peakMemory(), digits: 0)) MB")
    }
}
