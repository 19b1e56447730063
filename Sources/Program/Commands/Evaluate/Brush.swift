import Cells
import CursesTerminal
import Foundation
import Themes

/// Colours and glyphs of lines that are printed, not drawn on a screen.
package struct Brush {
    /// Nil where no escape sequences are written.
    package let colors: ColorDepth?
    /// Whether only ASCII characters are written.
    package let isASCII: Bool
    /// Columns of the terminal.
    package let width: Int

    /// Columns where there is no terminal.
    package static let usualWidth = 100

    /// A brush of one's own.
    package init(colors: ColorDepth?, isASCII: Bool, width: Int = usualWidth) {
        self.colors = colors == .mono ? nil : colors
        self.isASCII = isASCII
        self.width = width
    }

    /// What the standard output can show, under what was asked for.
    init(_ options: ScreenOptions) {
        var size = winsize()
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let found = isTerminal ? TerminalCapabilities.detect(environment: ProcessInfo.processInfo.environment) : nil
        let hasSize = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self.init(
            colors: options.colors ?? found?.colors,
            isASCII: options.isASCII || (found?.glyphs.isASCII ?? (options.colors == nil)),
            width: hasSize ? max(40, min(200, Int(size.ws_col))) : Self.usualWidth)
    }

    /// Text in colours, where there are any.
    func paint(_ text: String, _ foreground: Color, on background: Color = .terminalDefault) -> String {
        guard let colors else { return text }
        let codes = [
            Self.code(colors.reduce(foreground), isBackground: false),
            Self.code(colors.reduce(background), isBackground: true),
        ].compactMap { $0 }
        return codes.isEmpty ? text : "\u{1B}[\(codes.joined(separator: ";"))m\(text)\u{1B}[0m"
    }

    private static func code(_ color: Color, isBackground: Bool) -> String? {
        switch color {
        case .terminalDefault: nil
        case .indexed(let index) where index < 8: "\((isBackground ? 40 : 30) + Int(index))"
        case .indexed(let index) where index < 16: "\((isBackground ? 100 : 90) + Int(index) - 8)"
        case .indexed(let index): "\(isBackground ? 48 : 38);5;\(index)"
        case .rgb(let red, let green, let blue): "\(isBackground ? 48 : 38);2;\(red);\(green);\(blue)"
        }
    }

    private static let densities = Array(" .:-=+*#%@")
    private static let shades = Array(" ░▒▓█")

    /// A character as dense as 0...1 says; only 0 is blank.
    func density(_ value: Double) -> String {
        let ramp = isASCII ? Self.densities : Self.shades
        guard value > 0 else { return " " }
        return String(ramp[min(ramp.count - 1, max(1, Int((value * Double(ramp.count - 1)).rounded())))])
    }

    /// A character of a picture as bright as 0...1 says.
    func grey(_ value: Double) -> String {
        String(Self.densities[Int((min(1, max(0, value)) * Double(Self.densities.count - 1)).rounded())])
    }
}
