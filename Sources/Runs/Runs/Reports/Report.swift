/// What the trainer hands up, in the order in which it happened.
package enum Report: Sendable {
    /// One for every step, also for one whose update was skipped.
    case step(StepReport)
    case evaluation(EvaluationReport)
    /// Statistics of all layers; `logged` says whether the reproducible log wants them too.
    case layers(LayersReport, logged: Bool)
    case receipt(Receipt)
    case phase(RunPhase, Position)
    /// Control, speed and time left, now and then.
    case progress(RunProgress)
    /// The step before this report was not finite and its update was skipped.
    case notFinite(Position, loss: Double, gradientNorm: Double)
    case note(Author, String, Position)
    /// Something is wrong from here on, or no longer.
    case finding(Finding)
    /// How far a race has come.
    case race(RaceResult)
    /// How far a learning-rate range test has come.
    case rateTest(RateTestResult)
    /// How far the pre-flight ladder has come.
    case check(CheckResult)
    /// The whole state was copied, to be written as the checkpoint of this number: what was reported before is its past.
    case checkpoint(number: Int, Position)
    /// The last report of a run, once the result's weights are kept; its `finished` phase comes before it.
    case end(EndSummary)
}
