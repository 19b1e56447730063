import Cells
import Charts

/// A text cut to a number of columns, the cut marked by an ellipsis.
func clipped(_ text: String, to width: Int, mark: Character = "…") -> String {
    guard displayWidth(text) > width else { return text }
    // Where one column is left it is the mark's: the first digit of a number would be another number.
    return width > 0 ? displayPrefix(text, columns: width - 1) + String(mark) : ""
}

/// A share as whole percent: `57 %`.
func percent(_ share: Double, width: Int = 0) -> String {
    guard share.isFinite else { return "–".rightAligned(in: width) }
    return "\(Int((min(max(share, 0), 9.99) * 100).rounded())) %".rightAligned(in: width)
}

/// A share as percent with one decimal and without padding: `96.8 %`, `100 %`, `–`.
func shareText(_ share: Double?) -> String {
    guard let share, share.isFinite else { return "–" }
    let tenths = Int((min(max(share, 0), 9.99) * 1000).rounded())
    return tenths >= 1000 ? "\((tenths + 5) / 10) %" : "\(tenths / 10).\(tenths % 10) %"
}

/// A share as percent in 6 columns: `98.5 %`.
func shareField(_ share: Double?) -> String { shareText(share).rightAligned(in: 6) }

/// A time of day from seconds since midnight: `14:07`.
func clock(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "–" }
    let day = 86_400.0
    let wrapped = seconds - (seconds / day).rounded(.down) * day
    let minutes = Int(wrapped / 60) % 1440
    let hour = minutes / 60
    let minute = minutes % 60
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
}

/// A time of day with its seconds: `14:07:31`.
func wholeClock(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "–" }
    let day = 86_400.0
    let wrapped = seconds - (seconds / day).rounded(.down) * day
    let second = Int(wrapped) % 60
    return clock(wrapped) + (second < 10 ? ":0\(second)" : ":\(second)")
}
