import Foundation

extension RunTask {
    /// The loss of an answer that is the same for all classes, where these are equally frequent: where training begins. Cross
    /// entropy ln K, hinge K - 1 (its margin is 1), squared error of one-hot targets (K - 1) / K^2. Nil without classes and of
    /// losses that nobody knows.
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
