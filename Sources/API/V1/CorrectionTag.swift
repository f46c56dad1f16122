import Crypto
import Formats
import HTTPTypes
import Hummingbird
import Registry

/// The entity tags of corrections: `"correction-<id>-r<revision>-<what is shown>"`.
///
/// What is shown of a correction changes with its target, too, so that the tag of an answer says more than the revision.
/// If-Match goes by the revision alone.
enum CorrectionTag {
    /// An answer with its tag.
    static func answer(_ correction: Correction, _ write: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter(capacity: 2048)
        write(&json)
        let bytes = json.bytes
        let digest = SHA256.hash(data: bytes).prefix(4).hexadecimal
        let tag = revisionTag(correction).dropLast() + "-\(digest)\""
        return .bytes(bytes, as: "application/json", headers: [.eTag: String(tag)])
    }

    /// Asks for an If-Match that names the correction's present revision.
    ///
    /// - Throws: as ``Precondition/require(_:_:)``.
    static func require(_ request: Request, _ correction: Correction) throws(Problem) {
        let tag = revisionTag(correction)
        let shown = tag.dropLast() + "-"
        let tags = request.headers[.ifMatch].flatMap(EntityTagList.parse) ?? []
        guard !tags.contains(where: { $0.hasPrefix(shown) }) else { return }
        try Precondition.require(request, tag)
    }

    private static func revisionTag(_ correction: Correction) -> String {
        Precondition.tag(of: "correction", id: correction.id, revision: correction.revision)
    }
}
