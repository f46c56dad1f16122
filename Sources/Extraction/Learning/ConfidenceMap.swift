/// What share of the records that the choices are so sure of is right: a monotone map from the choices' own shares, learned
/// by cross-validation.
struct ConfidenceMap: Sendable {
    /// The right shares at equal steps from 0 to 1; empty where nothing has been learned.
    private let knots: [Float]

    /// How many steps the map has.
    static let steps = 20

    /// Takes the right shares at ``steps`` + 1 places.
    init(knots: [Float]) { self.knots = knots.contains { $0 > 0 } ? knots : [] }

    /// The confidence of a record whose choices are so sure, 0...1, to three decimals.
    func confidence(of share: Float) -> Double {
        let share = min(1, max(0, share))
        guard knots.count > 1 else { return Self.rounded(share) }
        let place = share * Float(knots.count - 1)
        let low = min(knots.count - 2, Int(place))
        let part = place - Float(low)
        return Self.rounded(knots[low] * (1 - part) + knots[low + 1] * part)
    }

    /// Rounds, but not to nothing: a record is never impossible.
    private static func rounded(_ share: Float) -> Double { max(1, (Double(share) * 1000).rounded()) / 1000 }
}
