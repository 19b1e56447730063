/// The scalars of a text as the screen shows them, one for each column: behind a letter of two columns (East Asian wide)
/// stands `Cell.secondHalf`.
///
/// Combining marks and format characters are dropped; control characters, unassigned scalars and emoji, which terminals draw in
/// one column or in two, become a middle dot, so that layout stays certain on every terminal.
package func displayScalars(_ text: String) -> [Unicode.Scalar] {
    var shown: [Unicode.Scalar] = []
    shown.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
        if scalar.value >= 0x20, scalar.value < 0x7F {
            shown.append(scalar)
            continue
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: continue
        case .control, .unassigned, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: shown.append("·")
        default:
            if scalar.properties.isEmojiPresentation {
                shown.append("·")
            } else {
                shown.append(scalar)
                if scalar.isWide { shown.append(Cell.secondHalf) }
            }
        }
    }
    return shown
}

/// How many columns a text takes on the screen.
package func displayWidth(_ text: String) -> Int {
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
        for byte in bytes where byte < 0x20 || byte >= 0x7F { return nil }
        return bytes.count
    }
    return (plain ?? nil) ?? displayScalars(text).count
}

/// The longest beginning of a text that takes at most so many columns.
package func displayPrefix(_ text: String, columns: Int) -> Substring {
    var left = columns
    var end = text.startIndex
    while end < text.endIndex {
        left -= displayWidth(String(text[end]))
        if left < 0 { break }
        end = text.index(after: end)
    }
    return text[..<end]
}

extension Unicode.Scalar {
    /// Whether terminals draw the scalar two columns wide (Unicode East Asian Width W and F; of emoji nobody can be sure).
    package var isWide: Bool {
        if value < 0x2E80 { return 0x1100...0x115F ~= value }
        return switch value {
        case 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
