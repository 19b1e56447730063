import Foundation
import Runs
import Testing

@Suite("What a run learns")
struct RunTaskTests {
    private static func task(_ loss: String, classes: Int?) -> RunTask {
        RunTask(
            loss: loss, hasAccuracy: classes != nil, hasValidation: false, classCount: classes, trainingExamples: 1,
            validationExamples: 0)
    }

    @Test(
        arguments: [
            ("crossEntropy", 10, log(10), 0.1), ("crossEntropy", 2, log(2), 0.5), ("hinge", 10, 9, 0.1),
            ("hinge", 3, 2, 1.0 / 3), ("mse", 4, 3.0 / 16, 0.25), ("somebody's", 10, nil, 0.1),
            ("crossEntropy", 1, nil, nil), ("mse", nil, nil, nil), ("crossEntropy", nil, nil, nil),
        ] as [(String, Int?, Double?, Double?)])
    func `guessing among classes has a loss and a share that is right`(
        loss: String, classes: Int?, chance: Double?, accuracy: Double?
    ) {
        #expect(Self.task(loss, classes: classes).chanceLoss == chance)
        #expect(Self.task(loss, classes: classes).chanceAccuracy == accuracy)
    }

    @Test
    func `the chance of a squared error is the mean over one-hot targets`() throws {
        let classes = 5
        let target = (0..<classes).map { $0 == 2 ? 1.0 : 0 }
        let expected = target.map { pow($0 - 1 / Double(classes), 2) }.reduce(0, +) / Double(classes)
        #expect(abs(try #require(Self.task("mse", classes: classes).chanceLoss) - expected) < 1e-12)
    }
}
