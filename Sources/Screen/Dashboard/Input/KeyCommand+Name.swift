extension KeyCommand {
    /// What settings call the command.
    package var name: String {
        switch self {
        case .togglePause: "pause"
        case .singleStep: "step"
        case .rateSheet: "rate"
        case .followSchedule: "plan"
        case .stopSheet: "stop"
        case .screen(let number): "screen\(number)"
        case .logarithm: "lossAxis"
        case .themes: "theme"
        default: "\(self)"
        }
    }
}
