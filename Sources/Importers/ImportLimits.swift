/// How much of one record is taken, so that memory stays bounded whatever the input is.
package struct ImportLimits: Sendable {
    /// The longest line, or JSON object, in bytes: four times the longest abstract, for escapes and other fields.
    package var recordBytes = 4 << 20
    /// The longest title, in bytes of UTF-8: the longest in arXiv have some 500 characters; four bytes each, and spare.
    package var titleBytes = 4 << 10
    /// The longest abstract, in bytes of UTF-8: a whole paper's text still fits.
    package var abstractBytes = 1 << 20
    /// The longest label, in bytes of UTF-8: a URL may be one.
    package var labelBytes = 2 << 10

    /// The usual limits.
    package init() {}
}
