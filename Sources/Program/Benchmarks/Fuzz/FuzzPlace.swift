import Dashboard
import Runs

/// A place of the dashboard that random input has to reach before it proves anything.
package enum FuzzPlace: String, Hashable, Sendable, CaseIterable {
    // Screens
    case overview, layers, learningRate, updates, system, log
    // What takes the keys
    case help, palette, filter, storySearch, rateSheet, scheduleEditor, stopSheet, quitSheet
    case noteForm, exportForm, themeChooser
    // What becomes of prompts
    case paletteError, rateError, scheduleError, exportError, replaceQuestion, pastedText
    // Ways to look
    case enlargedPanel, openedLayer, filteredLayers, foundInLog, zoomedSteps, cursorOnStep, otherAxis, epochsOrTime
    case otherSmoothing, frozenView, scrolledLog
    case draggedColumn, draggedUpper, draggedLower
    // What waits, what was refused
    case stagedRate, heldCommand, typingForAnotherWindow, troubleMessage
    // Sizes
    case oneCell, tinySize, smallSize, largeSize
    // What came out
    case noteSent, scheduleSent, stopSent, rateSent, csvWritten, screenWritten, themeShown, quit, interrupted

    /// Where somebody is who sees this state.
    static func places(of state: DashboardState) -> Set<FuzzPlace> {
        var found: Set<FuzzPlace> = []
        switch state.view.screen {
        case .overview: found.insert(.overview)
        case .layers: found.insert(.layers)
        case .learningRate: found.insert(.learningRate)
        case .updates: found.insert(.updates)
        case .system: found.insert(.system)
        case .log: found.insert(.log)
        }
        if let overlay = state.overlay.shown { add(overlay, on: state, to: &found) }
        addViewing(state, to: &found)
        if state.steering.stagedRate != nil { found.insert(.stagedRate) }
        if !state.steering.heldCommands.isEmpty { found.insert(.heldCommand) }
        if state.steering.inputGuard.typingUntil > state.clock.now { found.insert(.typingForAnotherWindow) }
        if state.notices.message?.isTrouble == true { found.insert(.troubleMessage) }
        switch (state.window.size.width, state.window.size.height) {
        case (1, 1): found.insert(.oneCell)
        case (..<20, _), (_, ..<6): found.insert(.tinySize)
        case (..<80, _), (_, ..<24): found.insert(.smallSize)
        case (200..., 50...): found.insert(.largeSize)
        default: break
        }
        return found
    }

    private static func add(_ overlay: Overlay, on state: DashboardState, to found: inout Set<FuzzPlace>) {
        switch overlay {
        case .help: found.insert(.help)
        case .palette:
            found.insert(.palette)
            if state.overlay.paletteError != nil { found.insert(.paletteError) }
        case .search: found.insert(state.view.searchesLayers ? .filter : .storySearch)
        case .rate(let sheet):
            found.insert(.rateSheet)
            if sheet.error != nil { found.insert(.rateError) }
        case .schedule(let sheet):
            found.insert(.scheduleEditor)
            if sheet.error != nil { found.insert(.scheduleError) }
        case .stop: found.insert(.stopSheet)
        case .quit: found.insert(.quitSheet)
        // The fuzzed run stays finite, its weights are not for keeping, it has no moments to go back to and no findings, and it is read
        // from no files.
        case .notFinite, .form(.save), .form(.tags), .rewind, .race, .rateTest, .check, .findings: break
        case .form(.note): found.insert(.noteForm)
        case .form(.themes): found.insert(.themeChooser)
        case .form(.export(let form)):
            found.insert(.exportForm)
            if form.error != nil { found.insert(.exportError) }
            if form.mayReplace != nil { found.insert(.replaceQuestion) }
        }
    }

    private static func addViewing(_ state: DashboardState, to found: inout Set<FuzzPlace>) {
        if state.view.enlarged != nil { found.insert(.enlargedPanel) }
        if state.view.layers.opened != nil { found.insert(.openedLayer) }
        if !state.view.layers.filter.isEmpty { found.insert(.filteredLayers) }
        if state.story.search.current != nil { found.insert(.foundInLog) }
        if state.view.charts.zoom != nil { found.insert(.zoomedSteps) }
        if state.view.charts.cursorStep != nil { found.insert(.cursorOnStep) }
        if state.view.charts.logarithmicLoss != ChartSettings().logarithmicLoss || state.view.charts.logarithmicSchedule
        {
            found.insert(.otherAxis)
        }
        if state.view.charts.xAxis != .steps { found.insert(.epochsOrTime) }
        if state.view.charts.smoothing != ChartSettings().smoothing { found.insert(.otherSmoothing) }
        if state.run.frozenSince != nil { found.insert(.frozenView) }
        if state.view.log.scroll > 0 || state.view.story.scroll > 0 || !state.view.scrolls.isEmpty {
            found.insert(.scrolledLog)
        }
        if state.person.splits.column != nil { found.insert(.draggedColumn) }
        if state.person.splits.upper != nil { found.insert(.draggedUpper) }
        if state.person.splits.lower != nil { found.insert(.draggedLower) }
    }
}
