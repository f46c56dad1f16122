/// Finds the lowest point of a smooth convex function by its gradients: the limited-memory method of Broyden, Fletcher,
/// Goldfarb and Shanno with a backtracking line search (Nocedal and Wright, *Numerical Optimization*, chapter 7).
///
/// The same function gives the same point: nothing is random.
struct LimitedMemoryBFGS {
    /// How many steps the curvature is reckoned from.
    private static let memory = 8
    private static let mostSteps = 200
    /// It is done when a step gains less than this share of the value.
    private static let leastGain = 1e-6

    private struct Step {
        var moved: [Double]
        var bent: [Double]
        /// One by the product of both.
        var scale: Double
    }

    /// Returns the lowest point near zero.
    ///
    /// `function`: returns the value at a point and writes the gradient there.
    static func minimum(dimensions: Int, of function: ([Double], inout [Double]) -> Double) -> [Double] {
        var point = [Double](repeating: 0, count: dimensions)
        var gradient = point
        var value = function(point, &gradient)
        var steps: [Step] = []
        for _ in 0..<mostSteps {
            let way = direction(gradient, steps)
            let slope = product(way, gradient)
            guard slope < 0 else { break }
            var length = steps.isEmpty ? 1 / max(1, product(gradient, gradient).squareRoot()) : 1
            var next = point
            var nextGradient = gradient
            var nextValue = value
            repeat {
                for index in next.indices { next[index] = point[index] + length * way[index] }
                nextValue = function(next, &nextGradient)
                length /= 2
            } while nextValue > value + 1e-4 * 2 * length * slope && length > 1e-10
            let moved = zip(next, point).map { $0 - $1 }
            let bent = zip(nextGradient, gradient).map { $0 - $1 }
            let curvature = product(moved, bent)
            if curvature > 1e-12 {
                if steps.count == memory { steps.removeFirst() }
                steps.append(Step(moved: moved, bent: bent, scale: 1 / curvature))
            }
            let gain = value - nextValue
            (point, gradient, value) = (next, nextGradient, nextValue)
            if gain < leastGain * abs(value) { break }
        }
        return point
    }

    /// The way down: the gradient, bent by what the last steps have shown of the curvature.
    private static func direction(_ gradient: [Double], _ steps: [Step]) -> [Double] {
        var way = gradient.map { -$0 }
        var shares: [Double] = []
        for step in steps.reversed() {
            let share = step.scale * product(step.moved, way)
            for index in way.indices { way[index] -= share * step.bent[index] }
            shares.append(share)
        }
        if let last = steps.last {
            let scale = 1 / (last.scale * product(last.bent, last.bent))
            for index in way.indices { way[index] *= scale }
        }
        for (step, share) in zip(steps, shares.reversed()) {
            let turned = step.scale * product(step.bent, way)
            for index in way.indices { way[index] += (share - turned) * step.moved[index] }
        }
        return way
    }

    private static func product(_ first: [Double], _ second: [Double]) -> Double {
        var sum = 0.0
        for index in first.indices { sum += first[index] * second[index] }
        return sum
    }
}
