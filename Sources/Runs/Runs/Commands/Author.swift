/// Who asked for something or reported it.
package enum Author: Hashable, Sendable, Codable {
    /// The person at the dashboard.
    case person
    /// A command file.
    case script
    /// A policy of the run itself, by name (`plateau`, `earlyStopping`).
    case policy(String)
    /// The run: evaluations, phases, its own guards.
    case run
    /// The recorder: disk and files.
    case disk

    /// The word in logs and journals.
    package var name: String {
        switch self {
        case .person: "person"
        case .script: "script"
        case .policy(let name): name
        case .run: "run"
        case .disk: "disk"
        }
    }
}
