/// What a key asks of the dashboard, before the state decides what that means.
package enum KeyCommand: Hashable, Sendable {
    // Steering
    case togglePause, singleStep, rateUp, rateDown, rateSheet, editSchedule, followSchedule, undo, evaluate,
        checkpoint, rewind, race, findRate, check, stopSheet
    // Leaving
    case quit, detach, interrupt, suspend
    // Viewing
    case screen(Int)
    case nextPanel, previousPanel
    case up, down, left, right, pageUp, pageDown
    case zoomIn, zoomOut, fit, followEnd
    case nextMark, previousMark
    case logarithm, logarithmX, xAxis, smoothing
    case enlarge, lookCloser, back
    case order, quantity
    case search, nextMatch, previousMatch, top, bottom
    case freeze, palette, help, redraw
    case themes, tags, export, copy, mouse, note
    // Findings
    case findings, acknowledge, snooze

    /// Whether the key changes the run.
    package var steers: Bool {
        switch self {
        case .togglePause, .singleStep, .rateUp, .rateDown, .rateSheet, .editSchedule, .followSchedule, .undo,
            .evaluate, .checkpoint, .rewind, .race, .findRate, .check, .stopSheet:
            true
        default: false
        }
    }
}
