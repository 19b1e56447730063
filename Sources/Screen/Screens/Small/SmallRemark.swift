import Cells
import Charts
import Dashboard
import Runs
import Themes

/// What the lowest row of a small screen says: how the run ended, what is wrong, or words about the last key.
struct SmallRemark: SceneView {
    let scene: Scene

    var spans: [Span]? {
        let message = state.notices.current(at: state.clock.now).map {
            [Span($0.text, $0.isTrouble ? .warn : .text)]
        }
        // What the last key did comes first for a moment: it stands nowhere else.
        if let message, state.notices.isForemost(at: state.clock.now) { return message }
        if live.status.untold == nil, case .finished(let reason) = live.status.phase {
            let kept = live.status.end.map { "kept \($0.kept.rawValue)" }
            // The header says that it is over.
            let words = reason == .completed ? [] : [EventWords.words(of: reason)]
            return [Span((words + [kept].compactMap { $0 }).joined(separator: ", "), .brightText)]
        }
        return FindingRow(scene: scene).spans ?? message
    }
}
