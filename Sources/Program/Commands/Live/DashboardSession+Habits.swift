import Dashboard
import Themes

extension DashboardSession {
    /// What a person has set and left behind.
    struct Habits {
        var settings = UserSettings()
        var memory = ViewMemory(path: nil)
        var view = RememberedView()
        var isReadOnly = false
        /// Whether a person is there at all; benchmarks have none and leave nothing behind.
        var hasPerson = false

        init() {}

        init(_ choice: ScreenChoice) {
            settings = choice.settings
            memory = choice.memory
            view = choice.view
            isReadOnly = choice.isReadOnly
            hasPerson = true
        }

        /// Seconds between frames.
        var frameInterval: Double { 1 / settings.frameRate }

        /// The person, as the state knows one.
        func person(theme: Theme) -> Person {
            Person(
                keys: settings.keys, bell: settings.bell, themeNames: hasPerson ? InstalledThemes.names() : [],
                themeName: theme.name)
        }
    }
}
