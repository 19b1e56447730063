/// The screens, by their digit key.
package enum Screen: Int, Hashable, Sendable, CaseIterable {
    case overview = 1
    case layers = 2
    case learningRate = 3
    case updates = 4
    case system = 5
    case log = 6

    /// Whether charts over steps stand on it, with a cursor among the steps.
    package var hasSteps: Bool { ![.layers, .log].contains(self) }

    /// What people call it: `learning rate`.
    package var name: String {
        switch self {
        case .overview: "overview"
        case .layers: "layers"
        case .learningRate: "learning rate"
        case .updates: "updates"
        case .system: "system"
        case .log: "log"
        }
    }
}
