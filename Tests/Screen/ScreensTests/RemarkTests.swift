import Cells
import Dashboard
import Runs
import Screens
import Testing

/// What is said about the last key is seen.
@Suite struct RemarkTests {
    @Test(arguments: [(80, 24), (80, 12), (40, 12), (20, 6)], [nil, 2_100])
    func `why a key does nothing is seen, whatever is found`(size: (Int, Int), notFiniteStep: Int?) {
        for key in ["d", "c"] as [Character] {
            var state = SampleScreen.state(SampleRun(notFiniteStep: notFiniteStep))
            state.run.history.description.origin.directory = nil
            _ = state.reduce(.input(.key(.character(key))))
            let last = SampleScreen.draw(state, size.0, size.1).text.split(separator: "\n").last ?? ""
            #expect(last.contains("no run directo") || last.contains("the run has no"), "\(key) \(last)")
            // Where they share a row the finding comes back while the word is still known.
            state.clock.now += 3
            let later = SampleScreen.draw(state, size.0, size.1).text
            if notFiniteStep != nil { #expect(later.contains("not finite")) }
        }
    }
}
