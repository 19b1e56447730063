import Runs

/// The commands of a file that have not acted yet.
struct CommandQueue {
    private var remaining: ArraySlice<ScriptedCommand>

    init(_ script: [ScriptedCommand]) { remaining = script[...] }

    /// The next command that is due before update `step`.
    mutating func next(before step: Int) -> RunCommand? {
        guard let first = remaining.first, first.step <= step else { return nil }
        remaining.removeFirst()
        return first.command
    }

    /// Whatever is left, in order.
    mutating func rest() -> [ScriptedCommand] {
        defer { remaining = [] }
        return Array(remaining)
    }

    /// Whether a pause before update `step` would end again by what is still in the queue.
    func endsPause(at step: Int) -> Bool {
        var reached = step
        for entry in remaining {
            guard entry.step <= reached else { return false }
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
