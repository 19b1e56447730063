import Commands
import Runs
import Testing

@Suite struct ExitCodeTests {
    @Test(
        arguments: [
            (EndReason.completed, nil, true, 0), (.stopped, nil, true, 0), (.earlyStopping, nil, true, 0),
            (.completed, nil, false, 1), (.stopped, nil, false, 1), (.notFinite, nil, true, 1),
            (.interrupted, 2, true, 130), (.interrupted, 15, true, 143), (.interrupted, 1, true, 129),
            (.interrupted, nil, true, 130), (.completed, 15, true, 0),
        ] as [(EndReason, Int32?, Bool, Int32)])
    func `every end has its code`(reason: EndReason, signal: Int32?, wasSaved: Bool, code: Int32) {
        let end = EndSummary(position: Position(step: 1), reason: reason, kept: .last, best: nil)
        #expect(ExitCode.of(end, signal: signal, wasSaved: wasSaved) == code)
    }
}
