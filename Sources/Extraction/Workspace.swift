/// The memory that the stages work in.
///
/// One serves many papers in turn, so that reading a paper allocates only its records.
///
/// Not for two threads at once: give each its own.
public struct Workspace {
    var title = Document()
    var abstract = Document()
    var names = NamedThings()
    var claims = ClaimWorkspace()
    var nameScratch = NameScratch()

    /// Makes an empty workspace.
    public init() {}
}
