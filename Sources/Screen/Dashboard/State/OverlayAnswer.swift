import Cells
import Runs

/// What a key that an overlay took comes to outside of it.
enum OverlayAnswer: Hashable {
    case nothing
    case say(Remark)
    /// Esc closed it and drops whatever waits; a theme that was tried on is taken off for another.
    case dropped(theme: String?)
    case send(RunCommand)
    /// Move the charts' cursor, which is part of what the overlay asks.
    case along(KeyCommand)
    /// Stop early, once a burst of typing would have dropped it.
    case stop(keep: KeptWeights)
    /// Send these one after the other, once a burst of typing would have dropped them.
    case hold([RunCommand])
    /// The quit was confirmed.
    case quit
    /// The run goes on without this terminal.
    case detach
    case search(String)
    /// The palette's order; the palette closes unless something else has been opened.
    case perform(PaletteOrder)
    case export(ExportRequest)
    /// Write the weights there, and leave.
    case save(SaveRequest)
    /// Show a series of the run's files as another number.
    case choose(tag: String, TagUse)
    /// Show a theme while it is chosen.
    case tryOn(theme: String)
    /// The theme that is shown has been chosen.
    case keepTheme
}

/// What an overlay has to know of the rest of the dashboard.
struct Situation {
    let now: Double
    let run: FollowedRun
    let view: ViewPlace
    let steering: Steering
    let person: Person
    let keeping: ResultKeeping
    let size: Size

    /// Why nothing may change the run now; nil where it may.
    var refusal: String? { steering.refusal(run.phase, at: now) }

    /// Whether a sheet is old enough for what decides in it, and nothing else stands against steering.
    ///
    /// Text is taken at once (dropping the first characters of `0.01` would leave `1`); what decides is not.
    func sheetRefusal(openedAt: Double) -> String? {
        if now - openedAt < InputGuard.sheet { return "ignored, it came right after the sheet opened" }
        return refusal
    }

    /// Why nobody may leave by this sheet now; nil where they may. A run that has ended is left without being steered.
    func leavingRefusal(openedAt: Double) -> String? {
        let reason = sheetRefusal(openedAt: openedAt)
        return run.phase.isFinished && now - openedAt >= InputGuard.sheet ? nil : reason
    }

    /// Why the run takes no note now; nil where it does.
    var noteRefusal: String? {
        steering.isReadOnly || run.phase.isFinished ? refusal ?? "the run takes no note now" : nil
    }

    /// The help as it is drawn.
    var helpPage: HelpPage { HelpPage(keys: person.keys, screen: view.screen, size: size) }
}
