import Cells
import Charts
import Dashboard
import Runs
import Themes

/// What the lowest row of a small screen says: how the run ended, what is wrong, or words about the last key.
struct SmallRemark: SceneView {
    let scene: Scene

    var spans: [Span]? {
        if case .finished(let reason) = live.status.phase {
            let kept = live.status.end.map { ", kept \($0.kept.rawValue)" } ?? ""
            return [Span("● " + EventWords.words(of: reason) + kept, .brightText)]
        }
        if let finding = FindingRow(scene: scene).spans { return finding }
        if let message = state.notices.current(at: state.clock.now) {
            return [Span(message.text, message.isTrouble ? .warn : .text)]
        }
        return nil
    }
}
