import Foundation
import Runs
import Synchronization

/// Where everybody puts commands, and a script those of its file, and the trainer takes them out at the boundaries of steps.
///
/// Sendable unchecked: `scripted` and `arrived` are touched only while `condition` is locked.
package final class CommandMailbox: RunControl, @unchecked Sendable {
    private let condition = NSCondition()
    /// What is due before some update, in order of the updates.
    private var scripted: [Entry] = []
    /// What is due at once, oldest first.
    private var arrived: [Entry] = []
    /// The update of the first scripted entry, `Int.max` without one; with `hasArrived` it makes that a step costs two
    /// atomic loads.
    private let firstScripted = Atomic<Int>(.max)
    private let hasArrived = Atomic<Bool>(false)
    private let interruptRequested = Atomic<Bool>(false)
    private let hasMadeItsSteps = Atomic<Bool>(false)
    private let attending = Atomic<Int>(0)

    /// An empty mailbox.
    package init() {}

    /// A command that waits to be acted on.
    package struct Entry: Hashable, Sendable, Codable {
        /// What is asked for.
        package let command: RunCommand
        /// Who asks.
        package let author: Author
        /// The update before which it acts; nil for at once.
        package let step: Int?
        /// The branch of that update; nil for the first time that it is reached.
        package let branch: Int?
        /// Whether it acts right after the update before, ahead of an evaluation; only where steps are made again.
        var isAtOnce = false

        /// - Parameters:
        ///   - step: nil for at once.
        ///   - branch: nil for whichever comes there first.
        package init(command: RunCommand, author: Author, step: Int? = nil, branch: Int? = nil) {
            self.command = command
            self.author = author
            self.step = step
            self.branch = branch
        }

        /// Whether it is due before the update of a position.
        func isDue(at position: Position) -> Bool {
            step.map { $0 <= position.step } != false && (branch == nil || branch == position.branch)
        }
    }

    /// Puts in a command that is due at once.
    package func send(_ command: RunCommand, from author: Author) { put([Entry(command: command, author: author)]) }

    /// Puts in what a script asks for; commands for one step keep their order.
    package func schedule(_ script: [ScriptedCommand]) {
        put(script.map { Entry(command: $0.command, author: .script, step: $0.step, branch: $0.branch) })
    }

    /// Puts entries in behind those that wait.
    package func put(_ entries: [Entry]) {
        condition.lock()
        arrived += entries.filter { $0.step == nil }
        let new = entries.filter { $0.step != nil }
        if !new.isEmpty {
            // Stable, so that commands for one step keep the order of the file.
            scripted = (scripted + new).enumerated()
                .sorted { ($0.element.step ?? 0, $0.offset) < ($1.element.step ?? 0, $1.offset) }.map(\.element)
        }
        publish()
        condition.broadcast()
        condition.unlock()
    }

    /// Asks the run to finish its step, save and end with the reason `interrupted`.
    package func interrupt() {
        condition.lock()
        interruptRequested.store(true, ordering: .releasing)
        condition.broadcast()
        condition.unlock()
    }

    /// So many more or fewer are there from now on who can answer what the run asks.
    package func attend(_ change: Int) { attending.add(change, ordering: .releasing) }

    /// Whether somebody is there who can answer what the run asks.
    package var isAttended: Bool { attending.load(ordering: .acquiring) > 0 }

    /// Whether anything has come in that is due at once.
    var hasMail: Bool { hasArrived.load(ordering: .acquiring) }

    /// Whether somebody has asked for the end by a signal.
    package var isInterrupted: Bool { interruptRequested.load(ordering: .acquiring) }

    /// Whether no step and no evaluation is made any more: what is left is to save.
    package var isSaving: Bool { hasMadeItsSteps.load(ordering: .acquiring) }

    /// No step and no evaluation is made any more.
    func beginSaving() { hasMadeItsSteps.store(true, ordering: .releasing) }

    /// Takes out the next scripted command that is due before the update of a position.
    package func nextScripted(at position: Position) -> Entry? {
        guard firstScripted.load(ordering: .acquiring) <= position.step else { return nil }
        return taking { mailbox in
            mailbox.scripted.firstIndex { $0.isDue(at: position) }.map { mailbox.scripted.remove(at: $0) }
        }
    }

    /// Takes out the next entry that is done right after the update before a position.
    func nextAtOnce(at position: Position) -> Entry? {
        guard firstScripted.load(ordering: .acquiring) <= position.step else { return nil }
        return taking { mailbox in
            guard let first = mailbox.scripted.first, first.isAtOnce, first.isDue(at: position) else { return nil }
            return mailbox.scripted.removeFirst()
        }
    }

    /// Takes out the oldest of what has come in.
    package func nextArrived() -> Entry? {
        guard hasArrived.load(ordering: .acquiring) else { return nil }
        return taking { $0.arrived.isEmpty ? nil : $0.arrived.removeFirst() }
    }

    /// Takes out every scripted command, due or not, in order.
    package func takeScripted() -> [Entry] {
        taking { mailbox in
            defer { mailbox.scripted = [] }
            return mailbox.scripted
        }
    }

    /// Everything that waits: the script's in order, then what has come in.
    package var waiting: [Entry] { taking { $0.scripted + $0.arrived } }

    /// Whether a pause before update `step` would end again by what a script still asks for.
    package func scriptEndsPause(at step: Int) -> Bool {
        taking { mailbox in
            var reached = step
            for entry in mailbox.scripted {
                guard let step = entry.step, step <= reached else { return false }
                switch entry.command {
                case .resume, .stop: return true
                // Other counts are refused and lead nowhere.
                case .step(let count) where (1...CommandRules.mostSteps).contains(count): reached += count
                default: break
                }
            }
            return false
        }
    }

    /// Sleeps until a command or an interrupt comes, or the time is over.
    package func wait(seconds: Double) {
        condition.lock()
        defer { condition.unlock() }
        if arrived.isEmpty, !isInterrupted { _ = condition.wait(until: Date(timeIntervalSinceNow: seconds)) }
    }

    private func taking<Value>(_ body: (CommandMailbox) -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        defer { publish() }
        return body(self)
    }

    /// Says outside the lock what waits; called within it.
    private func publish() {
        firstScripted.store(scripted.first?.step ?? .max, ordering: .releasing)
        hasArrived.store(!arrived.isEmpty, ordering: .releasing)
    }
}
