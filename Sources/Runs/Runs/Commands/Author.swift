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

    /// The author of that name in logs and journals; any other name is a policy's.
    package init(name: String) {
        let plain: [Author] = [.person, .script, .run, .disk]
        self = plain.first { $0.name == name } ?? .policy(name)
    }

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
