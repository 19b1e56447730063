import Runs

/// What is wrong with a layer, in one place until a diagnosis says it.
extension LayerStatistics {
    /// Whether so many units never fire that it is worth a colour.
    var hasDeadUnits: Bool { neverFired >= 0.3 }
    /// Whether half of the values lie in the flat ends of the activation.
    var isSaturated: Bool { saturated >= 0.5 }
    /// Whether an update is far smaller or larger than a thousandth of the weights.
    var hasOddUpdate: Bool { updateRatio.isFinite && !(1e-5...3e-2).contains(updateRatio) }
}
