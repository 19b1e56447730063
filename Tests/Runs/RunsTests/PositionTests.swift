import Runs
import Testing

@Suite struct PositionTests {
    @Test
    func `positions of one branch are in the order of their steps`() {
        #expect(Position(step: 9) < Position(step: 10))
    }

    @Test
    func `a later branch comes after everything in an earlier one`() {
        #expect(Position(branch: 0, step: 1000) < Position(branch: 1, step: 3))
    }

    @Test
    func `a step report stands where its update was made`() {
        let report = StepReport(
            step: 7, branch: 2, epoch: 0, loss: 1, accuracy: .nan, learningRate: 0.1, gradientNorm: 1)
        #expect(report.position == Position(branch: 2, step: 7))
    }
}
