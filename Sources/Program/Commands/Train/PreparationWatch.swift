import Cells
import CursesTerminal
import Files
import Foundation
import Screens
import Themes

/// Tells whoever waits for the preparation what it is at, and lets them leave.
struct PreparationWatch {
    /// What the run is called.
    let name: String
    /// Where lines go.
    let output: FileHandle
    /// The screen to draw on; nil where there are only lines.
    let screen: (terminal: Terminal, palette: Palette)?

    /// How somebody left before it was over.
    enum Leaving: Hashable {
        /// By a key that ends.
        case quit
        /// By a signal, or ctrl-C in a terminal that sends none.
        case signal(Int32)
    }

    /// Seconds after which a screen shows something.
    private static let firstFrame = 0.1
    /// Seconds after which somebody who reads lines is told.
    private static let firstLine = 3.0
    /// Seconds between two looks at signals and keys.
    private static let interval = 0.05

    /// Waits until the preparation is over, or somebody wants to leave; nil where it is over.
    func wait<Result>(for preparation: Preparation<Result>) -> Leaving? {
        if preparation.isOver(within: Self.firstFrame) { return nil }
        if let screen { return watch(preparation, on: screen.terminal, screen.palette) }
        let line = LineOutput(output)
        defer { line.clear() }
        var (said, seconds) = ("", Self.firstFrame)
        while !preparation.isOver(within: Self.interval) {
            seconds += Self.interval
            if Interruption.count > 0 { return .signal(Interruption.signal ?? SIGTERM) }
            let words = preparation.progress.words
            if line.rewrites {
                line.rewrite(words)
            } else if let start = Self.start(of: words), start != said,
                seconds > Self.firstLine || words.hasPrefix("waiting")
            {
                said = start
                FileHandle.standardError.say("\(words)\n")
            }
        }
        return nil
    }

    /// The words without how far it is, which would make a line each time.
    private static func start(of words: String) -> String? {
        words.split { $0.isNumber }.first.map(String.init)
    }

    private func watch<Result>(
        _ preparation: Preparation<Result>, on terminal: Terminal, _ palette: Palette
    ) -> Leaving? {
        var isOver = false
        while !isOver {
            let view = PreparationView(name: name, words: preparation.progress.words)
            terminal.draw(view.draw(size: terminal.size, palette: palette))
            // Whatever else is typed meanwhile was not meant for what comes: it is dropped.
            for event in terminal.nextEvents(timeout: Int(Self.interval * 1_000)) {
                switch event {
                case .input(.key(let key)) where PreparationView.leaves(with: key): return .quit
                case .input(.key(.control("c"))): return .signal(SIGINT)
                case .input(.key(.control("z"))): terminal.suspend()
                case .endOfInput: return .signal(Interruption.signal ?? SIGHUP)
                case .input, .resized: break
                }
            }
            if Interruption.count > 0 { return .signal(Interruption.signal ?? SIGTERM) }
            isOver = preparation.isOver(within: 0)
        }
        _ = terminal.nextEvents(timeout: 0)
        return nil
    }

    /// A line of the moment, on a terminal that can rewrite it.
    struct LineOutput {
        private let output: FileHandle
        /// Whether the line can be written anew.
        let rewrites: Bool

        init(_ output: FileHandle) {
            self.output = output
            // A dumb terminal prints what would clear a line.
            let name = ProcessInfo.processInfo.environment["TERM"] ?? ""
            rewrites = isatty(output.fileDescriptor) == 1 && !["", "dumb", "unknown"].contains(name)
        }

        /// Writes it anew.
        func rewrite(_ text: String) { output.say("\r\u{1B}[K\(OneLine.of(text))") }

        /// Takes it away.
        func clear() { if rewrites { output.say("\r\u{1B}[K") } }
    }
}
