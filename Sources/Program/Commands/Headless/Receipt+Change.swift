import Charts
import Fields
import Runs

extension Receipt {
    /// What an accepted command changed, to stand behind its name: `, rate 0.1 → 0.05`, ` 0 → 0.001`; empty for no number.
    var change: String {
        guard case .accepted(let old?, let new?) = outcome else { return "" }
        return isAboutRate
            ? ", rate \(Figure.plain(old)) → \(Figure.plain(new))" : " \(old.inWords) → \(new.inWords)"
    }
}
