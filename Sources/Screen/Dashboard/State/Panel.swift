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
    /// The rate with everything that was and will be done to it.
    case schedule
    /// Who changed the rate, and from what to what.
    case rateChanges
    /// The rest of the schedule, and its editor.
    case scheduleRest
    case gradientNorms
    case updateRatios
    /// The share of steps whose gradient was clipped.
    case clippedSteps
    /// Gradient and update of every layer.
    case layerUpdates
    case speed
    case memory
    /// Where the time of a step goes.
    case stepTimes
    /// What the dashboard itself takes.
    case dashboardCost
    /// The whole log, and what the process prints.
    case story
}
