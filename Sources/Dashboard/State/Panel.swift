/// A part of a screen that can be chosen, enlarged, zoomed or scrolled.
package enum Panel: Hashable, Sendable, CaseIterable {
    case loss
    case accuracy
    case learningRate
    case layers
    case log
    case depth
    case stdTrend
    case signalTrend
}
