import Foundation

extension RunTask {
    /// The lowest loss of who gives the same answer to every example, where the K classes are equally frequent. Cross entropy
    /// ln K, hinge K - 1 (its margin is 1): that of equal outputs, near which training begins. Squared error of one-hot targets
    /// (K - 1) / K^2: that of outputs of 1 / K. Nil without classes and of losses that nobody knows.
    package var chanceLoss: Double? {
        guard let classCount, classCount > 1 else { return nil }
        let classes = Double(classCount)
        return switch loss {
        case "crossEntropy": log(classes)
        case "hinge": classes - 1
        case "mse": (classes - 1) / (classes * classes)
        default: nil
        }
    }

    /// The share that guessing gets right where classes are equally frequent, 1 / K; nil without classes.
    package var chanceAccuracy: Double? {
        guard hasAccuracy, let classCount, classCount > 1 else { return nil }
        return 1 / Double(classCount)
    }
}
