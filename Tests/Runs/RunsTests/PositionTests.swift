import Runs
import Testing

@Suite struct PositionTests {
    @Test("Positions of one branch are in the order of their steps")
    func steps() {
        #expect(Position(step: 9) < Position(step: 10))
    }

    @Test("A later branch comes after everything in an earlier one")
    func branches() {
        #expect(Position(branch: 0, step: 1000) < Position(branch: 1, step: 3))
    }

    @Test("A step report stands where its update was made")
    func stepReport() {
        let report = StepReport(
            step: 7, branch: 2, epoch: 0, loss: 1, accuracy: .nan, learningRate: 0.1, gradientNorm: 1)
        #expect(report.position == Position(branch: 2, step: 7))
    }
}
