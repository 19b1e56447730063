import Cells
import CursesTerminal
import Dashboard
import Foundation
import History
import RunStore
import Runs
import Synchronization
import Training

extension InputFuzz {
    /// Types at a real pseudo-terminal with the dashboard on it, which changes its size from 1 x 1 up all the while, and
    /// checks that it is given back as it was.
    /// - Returns: whether the terminal has its modes of before, and how many dashboards were left by keys.
    package func onTerminal() throws -> (isRestored: Bool, exits: Int) {
        let pseudo = try BenchmarkTerminal(size: Size(width: 100, height: 30))
        defer { pseudo.close() }
        let before = pseudo.modes
        let sample = SampleReports(totalSteps: 3_750)
        let feed = LiveRun(sample.description)
        feed.record(sample.reports(0..<900), at: 9)
        let session = DashboardSession(
            description: sample.description, feed: feed, control: NobodyControl(), glyphs: .unicode)
        let terminal = try pseudo.open()
        let isDone = Atomic(false)
        let (count, seed) = (count, seed)
        let typist = Thread {
            var keys = FuzzKeys(seed: seed)
            for index in 0..<count {
                pseudo.type(keys.next())
                if index % 100 == 0 {
                    let isLarge = keys.number(below: 10) == 0
                    pseudo.resize(
                        Size(
                            width: 1 + keys.number(below: isLarge ? 300 : 120),
                            height: 1 + keys.number(below: isLarge ? 100 : 40)))
                }
                if index % 50 == 0 { feed.record(sample.reports(900 + index / 50..<901 + index / 50), at: 10) }
            }
            isDone.store(true, ordering: .releasing)
        }
        typist.start()
        var exits = 0
        while !isDone.load(ordering: .acquiring) {
            _ = session.watch(on: terminal) { !isDone.load(ordering: .acquiring) }
            exits += 1
        }
        terminal.close()
        return (pseudo.modes == before, exits)
    }

    /// Takes commands and does nothing.
    private struct NobodyControl: RunControl {
        func send(_ command: RunCommand, from author: Author) {}
    }
}
