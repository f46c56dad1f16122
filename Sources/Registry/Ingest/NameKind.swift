import Claims

/// The three kinds of names that papers share.
enum NameKind: String, Sendable, Hashable, CaseIterable {
    case benchmark
    case metric
    case model
}

/// What a name stands for: a record that there is, or one that is to be made.
enum NameReference: Sendable, Hashable {
    case known(Int64)
    /// The position in ``NamePlanner/new``.
    case new(Int)
}

/// A benchmark, metric or model to be made.
struct NewName: Sendable, Hashable {
    var name: String
    /// The slug that it should have; it gets another where that is taken.
    var slug: String
    /// The names to be known by, ``name`` included, each key once.
    var aliases: [String]
    /// The paper that it was first found in: its position in the batch.
    var paper: Int
}

/// A further name for a record that there is.
struct NewAlias: Sendable, Hashable {
    var id: Int64
    var alias: String
    var paper: Int
}

/// Finds out which names mean the same, which are known, and which are to be made.
///
/// There is one for each kind of name.
struct NamePlanner: Sendable {
    private var references: [NameKey: NameReference]
    /// What is to be made, in the order in which it was met.
    private(set) var new: [NewName] = []
    /// What is known, and gets another name.
    private(set) var newAliases: [NewAlias] = []

    /// Starts from the names that the database knows.
    init(known: [NameKey: Int64]) {
        self.references = known.mapValues { .known($0) }
    }

    /// What a name stands for; makes it where it is not known under any of its names.
    ///
    /// - Parameters:
    ///   - name: the name as printed: it decides where it is known.
    ///   - others: more names for the same; each is taken unless it is known to stand for something else.
    ///   - title: the name and slug that it gets when it is made.
    ///   - paper: the position in the batch of the paper that it was found in.
    /// - Returns: the reference.
    mutating func resolve(
        _ name: String,
        others: [String] = [],
        title: (name: String, slug: String)? = nil,
        paper: Int
    ) -> NameReference {
        let names = [name] + others
        if let known = names.compactMap({ references[NameKey($0)] }).first {
            for alias in names where references[NameKey(alias)] == nil { add(alias, to: known, paper: paper) }
            return known
        }
        let reference = NameReference.new(new.count)
        let title = title ?? (name, Slug(name).description)
        new.append(NewName(name: title.name, slug: title.slug, aliases: [], paper: paper))
        for alias in names where references[NameKey(alias)] == nil { add(alias, to: reference, paper: paper) }
        return reference
    }

    private mutating func add(_ alias: String, to reference: NameReference, paper: Int) {
        references[NameKey(alias)] = reference
        switch reference {
        case .known(let id): newAliases.append(NewAlias(id: id, alias: alias, paper: paper))
        case .new(let position): new[position].aliases.append(alias)
        }
    }
}
