import CursesTerminal
import Foundation
import Runs

/// Watches a run without a dashboard: a line of progress, rewritten on a terminal that can, else one an epoch.
struct HeadlessSession {
    let run: LiveSession
    private let output: FileHandle
    private let rewrites: Bool
    private let onHangup: Hangup

    /// - Parameter settings: the file of the person's habits; nil for the usual one.
    init(run: LiveSession, usesErrorStream: Bool, settings: String?) {
        self.run = run
        // A file of settings that cannot be read is for the dashboard to complain of.
        onHangup = (try? UserSettings.load(settings))?.onHangup ?? .detach
        output = usesErrorStream ? .standardError : .standardOutput
        rewrites = PreparationWatch.LineOutput(output).rewrites
    }

    /// Returns when the run has ended; signals make it end.
    func watch() {
        let description = run.description
        var announced = ProgressLine(description).introduction + "\n"
        announced += description.origin.directory.map { "files in \($0)\n" } ?? ""
        output.say(announced)
        var cursor = RunCursor()
        var line = ProgressLine(description, after: run.pastEvents)
        var departure = Departure(run)
        var rewrites = rewrites
        while run.end == nil {
            Thread.sleep(forTimeInterval: 0.1)
            if Interruption.signal == SIGHUP, onHangup.isOutlived(by: run.directory) {
                Hangup.leaveTerminal(for: run.directory)
                // From here on a file is written.
                rewrites = false
            } else {
                departure.look()
            }
            show(&line, since: &cursor, rewrites)
        }
        _ = departure.finish()
        show(&line, since: &cursor, rewrites)
        if rewrites { output.say("\r\u{1B}[K") }
    }

    private func show(_ line: inout ProgressLine, since cursor: inout RunCursor, _ rewrites: Bool) {
        guard let changes = run.feed.changes(since: cursor) else { return }
        cursor = changes.cursor
        let finished = line.take(changes)
        if rewrites {
            // Each finished epoch stays; the line of the moment is rewritten below.
            let stays = finished.map { "\r\u{1B}[K\($0)\n" }.joined()
            output.say(stays + "\r\u{1B}[K\(line.current)")
        } else if !finished.isEmpty {
            output.say(finished.map { $0 + "\n" }.joined())
        }
    }
}
