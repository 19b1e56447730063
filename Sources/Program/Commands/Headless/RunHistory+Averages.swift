import History
import Runs

extension RunHistory {
    /// What lines of text say of training at a step: the loss and the accuracy as the dashboard's curves have them there, over the
    /// usual share of the steps, the loss by its logarithm. Nil where no step is known. O(log n).
    func averages(at step: Int) -> (loss: Double?, accuracy: Double?) {
        (
            series.average(.loss, at: Double(step), in: .logarithmic),
            series.average(.accuracy, at: Double(step), in: .linear)
        )
    }
}
