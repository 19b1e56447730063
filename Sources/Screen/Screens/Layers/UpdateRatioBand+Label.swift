import Charts
import Runs

extension UpdateRatioBand {
    /// The ratio in the middle of a gauge: `1e-3`, or less where the rate is small.
    var label: String { usual > 0.95 * Self.usual ? "1e-3" : Figure.plain(usual) }
}
