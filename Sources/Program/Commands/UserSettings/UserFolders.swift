import Machine

/// Where a person keeps settings, and programs keep what they remember (XDG Base Directory Specification 0.8).
package struct UserFolders: Hashable, Sendable {
    /// `$XDG_CONFIG_HOME`, or `~/.config`; nil where there is neither.
    package let config: String?
    /// `$XDG_STATE_HOME`, or `~/.local/state`; nil where there is neither.
    package let state: String?

    /// Those of the process's environment.
    package init() {
        let variables = ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"].map { ($0, ProcessFacts.variable($0)) }
        self.init(environment: Dictionary(uniqueKeysWithValues: variables).compactMapValues { $0 })
    }

    /// - Parameter environment: `XDG_CONFIG_HOME`, `XDG_STATE_HOME` and `HOME` are read; relative paths do not count.
    package init(environment: [String: String]) {
        func folder(_ variable: String, in home: String) -> String? {
            for path in [environment[variable], environment["HOME"].map { $0 + home }] {
                if let path, path.isAbsolutePath { return path }
            }
            return nil
        }
        config = folder("XDG_CONFIG_HOME", in: "/.config")
        state = folder("XDG_STATE_HOME", in: "/.local/state")
    }

    /// The person's settings.
    package var settingsFile: String? { config.map { $0 + "/sitter/config.json5" } }

    /// What was looked at last.
    package var viewFile: String? { state.map { $0 + "/sitter/view.json" } }

    /// Where theme files of the person lie: ours before btop's.
    package var themes: [String] { config.map { [$0 + "/sitter/themes", $0 + "/btop/themes"] } ?? [] }
}
