/// The person at the dashboard: keys, bell, themes and dragged rulings, whatever the run is.
package struct Person: Sendable {
    /// The keys of this person.
    package var keys: KeyTable
    /// What the bell rings for.
    package var bell: Set<BellOccasion>
    /// The themes that can be chosen, by name.
    package var themeNames: [String]
    /// The theme that is shown.
    package var themeName: String
    /// Whether the mouse is the dashboard's; else the terminal selects text with it.
    package var hasMouse = true
    /// The theme that was chosen in the dashboard, now or before: what is remembered.
    var keptTheme: String?
    /// Rulings that were dragged.
    package var splits = Splits()

    /// A person who has dragged nothing and chosen no theme here.
    package init(
        keys: KeyTable = .standard, bell: Set<BellOccasion> = [.notFinite], themeNames: [String] = [],
        themeName: String = ""
    ) {
        self.keys = keys
        self.bell = bell
        self.themeNames = themeNames
        self.themeName = themeName
    }
}
