import Cells
import Runs

/// What can happen to the dashboard: never one per training step, the feed is sampled once a frame.
package enum Action: Sendable {
    case input(InputEvent)
    /// Time went on between two frames: the moment of the inputs that follow. Send it before inputs, so that the guards
    /// see when keys came and not when the last frame was drawn.
    case clock(now: Double)
    /// A frame is about to be drawn; `changes` is nil where nothing happened in the run.
    case frame(now: Double, timeOfDay: Double, changes: RunChanges?)
    case resized(Size)
    /// Something in the process printed these bytes.
    case printed([UInt8], PrintedStream)
    /// What the dashboard took of the machine lately.
    case measured(DashboardCost)
    /// What became of an export that was asked for.
    case exported(ExportRequest, ExportAnswer)
    /// What became of numbers that were to be copied: so many rows sent, or why not.
    case copied(rows: Int, problem: String?)
    /// What became of weights that were to be written.
    case saved(SaveRequest, SaveAnswer)
    /// What became of a run that was to be left going.
    case detached(DetachAnswer)
    /// What became of a theme that was asked for: shown now, or why it cannot be.
    case themed(String, problem: String?)
    /// A signal came, or the terminal is gone.
    case interrupted
}

/// What the reducer asks the outside to do.
package enum Effect: Hashable, Sendable {
    case send(RunCommand)
    /// Draw everything anew (Ctrl-L).
    case redraw
    /// Stop the process the way Ctrl-Z does.
    case suspend
    case bell
    /// Show this theme, and answer with `themed`.
    case theme(String)
    /// Show a series of the run's files as this number.
    case choose(tag: String, TagUse)
    /// Write what is shown into a file, and answer with `exported`.
    case export(ExportRequest)
    /// Send the numbers of a panel to the terminal's clipboard, and answer with `copied`.
    case copy(PanelID)
    /// Take the mouse, or let the terminal have it.
    case mouse(Bool)
    /// Write the weights of the run into a file once it has ended, and say before whether they can go there; answer with `saved`.
    case save(SaveRequest)
    /// See to it that the run can be left going, and answer with `detached`.
    case detach
}
