import Foundation
import Tensors

extension RandomStream {
    /// A share from Beta(alpha, alpha), as x / (x + y) of two gamma numbers; in logarithms, since small alphas make
    /// numbers that are too small otherwise.
    package mutating func beta(_ alpha: Double) -> Double {
        let (first, second) = (logGamma(alpha), logGamma(alpha))
        return 1 / (1 + exp(second - first))
    }

    /// The logarithm of a number from Gamma(alpha, 1) (Marsaglia and Tsang 2000, with their boost below 1).
    private mutating func logGamma(_ alpha: Double) -> Double {
        let d = alpha + 1 - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        // Each try succeeds with over 95 %.
        while true {
            let x = normal()
            let base = 1 + c * x
            guard base > 0 else { continue }
            let v = base * base * base
            if log(1 - uniform()) < 0.5 * x * x + d - d * v + d * log(v) {
                return log(d * v) + log(1 - uniform()) / alpha
            }
        }
    }
}
