/// The steps of width at which something is dropped; each includes all below it.
package enum WidthClass: Int, Comparable, Hashable, Sendable {
    /// Below 40: figures only.
    case figures
    /// 40-59: one pane, header without name and epoch.
    case narrow
    /// 60-79: one pane.
    case single
    /// 80-99: two panes, legends without words.
    case compact
    /// 100-119: no host, no lines to come in legends.
    case medium
    /// 120-159.
    case full
    /// 160 and more: full sentences and more columns.
    case wide

    /// The class of a screen with so many columns.
    package init(columns: Int) {
        self =
            switch columns {
            case ..<40: .figures
            case ..<60: .narrow
            case ..<80: .single
            case ..<100: .compact
            case ..<120: .medium
            case ..<160: .full
            default: .wide
            }
    }

    /// Whether one holds less than the other.
    package static func < (one: WidthClass, other: WidthClass) -> Bool { one.rawValue < other.rawValue }
}
