import Cells

/// One line of the key map: keys that belong together, what they are called and what they do.
package struct KeyBinding: Sendable {
    /// Whether keys change the run or what is seen of it.
    package enum Group: Hashable, Sendable { case steering, viewing }

    /// Each key and what it asks for.
    package let triggers: [(key: InputEvent.Key, command: KeyCommand)]
    /// The keys as they are written: `} {`.
    package let shown: String
    /// One or two words for the footer.
    package let label: String
    /// What the keys do, a clause for the help.
    package let help: String
    /// Whether the keys change the run or what is seen of it.
    package let group: Group
    /// Where the keys are valid.
    package let screens: Set<Screen>
    /// How soon the footer needs the line, 1 first; nil keeps it out of the footer.
    package let importance: Int?

    init(
        _ shown: String, _ label: String, _ help: String, _ group: Group, importance: Int? = nil,
        screens: Set<Screen> = Set(Screen.allCases), _ triggers: [(InputEvent.Key, KeyCommand)]
    ) {
        self.triggers = triggers.map { (key: $0.0, command: $0.1) }
        self.shown = shown
        self.label = label
        self.help = help
        self.group = group
        self.screens = screens
        self.importance = importance
    }
}
