/// The numbers of the words that rules look for one by one.
struct KnownWords: Sendable {
    let a: WordID
    let an: WordID
    let the: WordID
    let by: WordID
    let of: WordID
    let to: WordID
    let from: WordID
    let and: WordID
    let or: WordID
    let between: WordID
    let at: WordID
    let on: WordID
    let x: WordID
    let inside: WordID
    let with: WordID
    let forWord: WordID
    let than: WordID
    let over: WordID
    let per: WordID
    let whileWord: WordID
    let but: WordID
    let whereas: WordID
    let factor: WordID
    let ranging: WordID
    let point: WordID
    let top: WordID
    let versus: WordID
    let respectively: WordID
    let only: WordID
    let just: WordID
    let we: WordID
    let our: WordID
    let p: WordID
    let that: WordID
    let which: WordID
    let across: WordID
    let isVerb: WordID
    let are: WordID
    let asWord: WordID
    let its: WordID
    let it: WordID
    let their: WordID
    let terms: WordID
    let within: WordID

    /// The words of the built-in lexicon.
    static let builtIn = KnownWords(lexicon: .builtIn)

    private init(lexicon: Lexicon) {
        a = lexicon.word("a")
        an = lexicon.word("an")
        the = lexicon.word("the")
        by = lexicon.word("by")
        of = lexicon.word("of")
        to = lexicon.word("to")
        from = lexicon.word("from")
        and = lexicon.word("and")
        or = lexicon.word("or")
        between = lexicon.word("between")
        at = lexicon.word("at")
        on = lexicon.word("on")
        x = lexicon.word("x")
        inside = lexicon.word("in")
        with = lexicon.word("with")
        forWord = lexicon.word("for")
        than = lexicon.word("than")
        over = lexicon.word("over")
        per = lexicon.word("per")
        whileWord = lexicon.word("while")
        but = lexicon.word("but")
        whereas = lexicon.word("whereas")
        factor = lexicon.word("factor")
        ranging = lexicon.word("ranging")
        point = lexicon.word("point")
        top = lexicon.word("top")
        versus = lexicon.word("versus")
        respectively = lexicon.word("respectively")
        only = lexicon.word("only")
        just = lexicon.word("just")
        we = lexicon.word("we")
        our = lexicon.word("our")
        p = lexicon.word("p")
        that = lexicon.word("that")
        which = lexicon.word("which")
        across = lexicon.word("across")
        isVerb = lexicon.word("is")
        are = lexicon.word("are")
        asWord = lexicon.word("as")
        its = lexicon.word("its")
        it = lexicon.word("it")
        their = lexicon.word("their")
        terms = lexicon.word("terms")
        within = lexicon.word("within")
    }
}
