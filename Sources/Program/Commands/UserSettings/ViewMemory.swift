import Dashboard
import Fields
import Files
import Machine
import Settings

/// The view that a person left last time (`$XDG_STATE_HOME/sitter/view.json`). Never an error: what cannot be read is
/// forgotten, and what cannot be written is lost.
package struct ViewMemory: Sendable {
    private let path: String?

    /// - Parameter path: nil where there is no place to remember in.
    package init(path: String?) { self.path = path }

    /// What was remembered; each part that is missing, or is not what it should be, is nil.
    package func load() -> RememberedView {
        guard let path, let bytes = try? FileBytes.read(path, limit: 1 << 16),
            let setting = try? Setting.parse(bytes, file: path),
            let view = try? FieldReader(.whatFits).read(RememberedView.self, from: setting)
        else { return RememberedView() }
        return view
    }

    /// Puts a view in the place of the one before, whole or not at all.
    /// - Parameter inputs: what may not be replaced.
    package func save(_ view: RememberedView, sparing inputs: InputFiles = InputFiles()) {
        guard let path, inputs.input(at: path) == nil else { return }
        Self.makeFolders(path.folder)
        try? AtomicFile.write(Array((JSON(writing: view).pretty + "\n").utf8), to: path)
    }
}

extension ViewMemory {
    /// Makes a folder and those above it as far as they are missing.
    private static func makeFolders(_ path: String) {
        guard !path.isEmpty, !FileStatus.exists(path) else { return }
        makeFolders(path.folder)
        try? Folder.make(path)
    }
}

extension RememberedView: Written {
    package static let word = "view"
    package static let meaning = "what was looked at last"
    package static let fields: [Field<RememberedView>] = [
        Field("screen", \.screen, .optional(.screenName), "the screen"),
        Field(
            "smoothing", \.smoothing, .optional(.smoothing),
            "the share of the steps so far that lines are averaged over"),
        Field("logarithmicLoss", \.logarithmicLoss, .optional(.flag), "how the loss was drawn"),
        Field("logarithmicSchedule", \.logarithmicSchedule, .optional(.flag), "how the learning rate was drawn"),
        Field("xAxis", \.xAxis, .optional(.xAxis), "what the x axis counted"),
        Field("theme", \.theme, .optional(.text), "a theme chosen in the dashboard"),
        Field("mouse", \.mouse, .optional(.flag), "whether the mouse was the dashboard's"),
        Field("splits", \.splits, .splits, "where the rulings were dragged to"),
    ]
}

extension Splits: Written {
    package init() { self.init(column: nil) }

    package static let word = "splits"
    package static let meaning = "where rulings stand, as shares of the screen"
    package static let fields: [Field<Splits>] = [
        Field("column", \.column, .optional(.number(.within(0...1))), "the one between left and right"),
        Field("upper", \.upper, .optional(.number(.within(0...1))), "the upper one on the left"),
        Field("lower", \.lower, .optional(.number(.within(0...1))), "the lower one"),
    ]
}

extension FieldType<Splits?> {
    /// Left out where nothing was dragged.
    fileprivate static let splits = FieldType(
        FieldType<Splits>.object.form,
        decode: { value in
            let read = FieldType<Splits>.object.decode(value)
            return Splits(column: read.column, upper: read.upper, lower: read.lower)
        },
        encode: { $0.flatMap { $0 == Splits() ? nil : .written($0) } })
}
