extension RecordType {
    /// Which kind of name it is; `nil` for papers and what is read from them.
    var nameKind: NameKind? { NameKind(rawValue: rawValue) }

    /// Whether it is read from a paper.
    var isReading: Bool { nameKind == nil && self != .paper }
}
