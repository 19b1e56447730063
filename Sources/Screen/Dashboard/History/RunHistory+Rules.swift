import History
import Runs

extension RunHistory {
    /// Why the run would refuse a person's command, in its own words and as far as its history tells; nil where nothing is known
    /// against it.
    func refusal(of command: RunCommand) -> String? {
        var rules = CommandRules(
            phase: status.phase, control: status.control, learningRate: status.learningRate,
            hasValidation: description.task.hasValidation, canResume: true,
            stepsLeft: max(0, description.lengths.totalSteps - status.position.step),
            stepsPerEpoch: description.lengths.stepsPerEpoch)
        rules.keepsCheckpoints = description.origin.directory != nil
        rules.canUndo = status.progress.undoable > 0
        rules.earliestMoment = status.progress.moments?.earliest
        rules.step = status.position.step
        rules.course = description.lengths.course
        return rules.refusal(of: command, from: .person)
    }
}
