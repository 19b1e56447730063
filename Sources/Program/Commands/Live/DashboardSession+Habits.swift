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

        /// How often frames follow each other.
        var pace: DashboardLoop.Pace {
            DashboardLoop.Pace(frameInterval: 1 / settings.frameRate, showsTitle: settings.title)
        }

        /// The person, as the state knows one.
        func person(theme: Theme) -> Person {
            Person(
                keys: settings.keys, bell: settings.bell, themeNames: hasPerson ? InstalledThemes.names() : [],
                themeName: theme.name)
        }
    }
}
