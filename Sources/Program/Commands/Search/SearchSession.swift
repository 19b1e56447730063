import CursesTerminal
import Files
import Foundation
import Machine
import RunStore
import Searching
import Settings

/// One `sitter search` from its options to its exit code.
struct SearchSession {
    private let options: SearchOptions

    init(_ options: SearchOptions) { self.options = options }

    /// Searches, and says what is best.
    func run() throws -> Int32 {
        let (order, directory) = try prepare()
        let screen = try ScreenChoice(options.screen, isWanted: !options.isHeadless && !options.isJSON)
        let lock = try SearchLock(directory)
        var state = order.state
        state.take(contentsOf: try directory.events())
        let total = try SearchRounds(order).trialCount()
        let jobs = max(1, min(options.jobs ?? order.plan.jobs ?? SearchRunner.cores, total))
        DescriptorReserve.demand(16 + 4 * jobs)
        Interruption.watch()
        let desk = SearchDesk(state)
        let runner = try SearchRunner(order, in: directory, from: state, jobs: jobs, lock: lock, desk: desk)
        // Handed over: nobody but the thread touches it from here on.
        nonisolated(unsafe) let handed = runner
        let table = SearchTable(order, in: directory)
        if !options.isJSON, screen == nil {
            FileHandle.standardOutput.say(table.introduction(total: total, jobs: jobs, earlier: state) + "\n")
        }
        SystemThread.start("search") {
            Interruption.protectCurrentThread()
            handed.run()
        }
        if let screen {
            var show = SearchScreen(desk, table, options.screen)
            try show.show(screen)
        }
        return try wait(for: desk, table, isWatched: screen != nil)
    }

    /// The search and its folder: read, or begun.
    private func prepare() throws -> (SearchOrder, SearchDirectory) {
        if let resumes = options.resumes {
            let directory = SearchDirectory(resumes)
            guard directory.isBegun else { throw UsageError("\(resumes): no search has begun there") }
            return (try Self.read(directory), directory)
        }
        let settings = try ConfigFile.settings(options.config, changes: options.changes)
        let order = try SearchOrder(settings, decoder: ConfigFile.decoder(options.config), changing: options.change)
        let directory = SearchDirectory(options.directory ?? SearchDirectory.dated(Date(), name: order.name))
        if directory.isBegun {
            guard try FileBytes.read(directory.plan) == Array(order.text.utf8) else {
                throw UsageError(
                    "\(directory.path): holds another search; choose another --dir, or go on with it: --resume \(directory.path)"
                )
            }
        } else {
            // Refused before anything is made, as a grid that is too large.
            _ = try SearchRounds(order).trialCount()
            try directory.make()
            guard try Folder.names(in: directory.path, limit: 1).isEmpty else {
                throw UsageError("\(directory.path): is not empty; choose another --dir")
            }
            try AtomicFile.write(Array(order.text.utf8), to: directory.plan)
        }
        // As it is read again: what is drawn depends on the text alone.
        return (try Self.read(directory), directory)
    }

    private static func read(_ directory: SearchDirectory) throws -> SearchOrder {
        let written = try Setting.parse(FileBytes.read(directory.plan, limit: 64 << 20), file: directory.plan)
        return try SearchOrder(written, decoder: ConfigFile.decoder(nil))
    }

    /// Waits for the search's end, with a line for each trial that ends, and says what came of it.
    private func wait(for desk: SearchDesk, _ table: SearchTable, isWatched: Bool) throws -> Int32 {
        var told = Set(desk.view.state.trials.filter { desk.view.state.outcome(of: $0) != nil }.map(\.number))
        if isWatched { told = Set(0..<100_000) }
        while true {
            let view = desk.view
            for trial in view.state.trials where !told.contains(trial.number) && view.state.outcome(of: trial) != nil {
                told.insert(trial.number)
                if !options.isJSON { FileHandle.standardOutput.say(table.line(trial, view.state) + "\n") }
            }
            if view.ending != nil { break }
            usleep(50_000)
        }
        let view = desk.view
        let result = try SearchResult(table.order, view.state)
        if let config = result.config { try AtomicFile.write(Array(config.utf8), to: table.directory.best) }
        if options.isJSON {
            FileHandle.standardOutput.say(table.json(view.state, result, isOver: view.ending == .done).compact + "\n")
        } else {
            FileHandle.standardOutput.say(table.text(view.state) + "\n" + table.summary(view, result) + "\n")
        }
        if case .failed(let reason) = view.ending {
            FileHandle.standardError.say("sitter: \(OneLine.of(reason))\n")
            return ExitCode.failed
        }
        if let signal = Interruption.signal { return 128 + signal }
        return view.ending == .left || result.best != nil ? ExitCode.done : ExitCode.failed
    }
}
