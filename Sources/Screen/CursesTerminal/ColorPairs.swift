import CNcurses
import Cells

/// ncurses' colour pairs, handed out as colours are met.
struct ColorPairs {
    private struct Pair: Hashable {
        let foreground: Int32
        let background: Int32
    }

    let colors: ColorDepth
    /// What the entry counts, 8 on older terminals that get their bright colours through bold.
    private let colorCount: Int
    private let limit: Int32
    private var known: [Pair: Int32] = [:]
    private var next: Int32 = 1

    /// For the current ncurses screen after `start_color`.
    init(colors: ColorDepth) {
        self.colors = colors
        colorCount = Int(curses_color_count())
        limit = max(1, min(curses_pair_count(), Int32(TerminalDescription.pairs)))
    }

    /// The pair of a style, and the attributes that stand in for colours the terminal lacks; nil when all pairs are taken.
    mutating func pair(of style: Style) -> (number: Int32, added: Style.Attributes)? {
        guard colors != .mono else { return (0, []) }
        let (foreground, added) = number(style.foreground)
        let (background, _) = number(style.background)
        if foreground == -1, background == -1 { return (0, added) }
        let pair = Pair(foreground: foreground, background: background)
        if let number = known[pair] { return (number, added) }
        guard next < limit else { return nil }
        guard init_extended_pair(next, foreground, background) == OK else { return (0, added) }
        known[pair] = next
        defer { next += 1 }
        return (next, added)
    }

    /// Forgets all pairs; the whole screen has to be written anew.
    mutating func reset() {
        reset_color_pairs()
        known.removeAll(keepingCapacity: true)
        next = 1
    }

    /// ncurses' number of a colour, and what has to make it bright where the terminal has eight.
    ///
    /// Grey is the usual colour dimmed there: bold black is nothing on black where bold is only a weight.
    private func number(_ color: Color) -> (Int32, Style.Attributes) {
        switch color {
        case .terminalDefault: return (-1, [])
        case .indexed(let index):
            if Int(index) < colorCount { return (Int32(index), []) }
            if index == 8 { return (-1, .dim) }
            return index < 16 ? (Int32(index) - 8, .bold) : (-1, [])
        case .rgb(let red, let green, let blue):
            guard colors == .trueColor else { return number(.indexed(Self.coarse(red, green, blue, colors))) }
            let value = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
            // The darkest blues would be palette entries; one step of green more is not visible.
            return (value < TerminalDescription.firstDirectColor ? value + 256 : value, [])
        }
    }

    /// A stand-in for a colour nobody reduced: the colour cube, or the three bits above one half.
    private static func coarse(
        _ red: UInt8, _ green: UInt8, _ blue: UInt8, _ colors: ColorDepth
    ) -> UInt8 {
        guard colors == .palette256 else { return red >> 7 | (green >> 7) << 1 | (blue >> 7) << 2 }
        func level(_ value: UInt8) -> UInt8 { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
        return 16 + 36 * level(red) + 6 * level(green) + level(blue)
    }
}
