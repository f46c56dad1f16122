/// The exponential function for arguments of at most 0, to about six digits; the standard library has none without
/// Foundation.
///
/// By `exp(x) = exp(x / 1024) ^ 1024` with four terms of the series.
func exponential(_ x: Float) -> Float {
    guard x > -80 else { return 0 }
    let small = Double(x) / 1024
    var power = 1 + small * (1 + small / 2 * (1 + small / 3))
    for _ in 0..<10 { power *= power }
    return Float(power)
}
