/// What the trainer hands up, in the order in which it happened.
package enum Report: Sendable {
    case step(StepReport)
    case evaluation(EvaluationReport)
    /// Statistics of all layers; `logged` says whether the reproducible log wants them too.
    case layers(LayersReport, logged: Bool)
    case receipt(Receipt)
    case phase(RunPhase, Position)
    case notFinite(Position, loss: Double, gradientNorm: Double)
    case note(Author, String, Position)
    case end(EndSummary)
}
