/// Why a terminal cannot carry the dashboard.
package enum TerminalError: Error, Hashable, CustomStringConvertible {
    /// Nothing to draw on: the device cannot be opened, or is no terminal.
    case noTerminal(device: String, reason: String)
    /// `TERM` is missing, says `dumb`, or names a terminal this system does not describe.
    case unknownTerminal(name: String)

    /// What is wrong and what would be right, one sentence.
    package var description: String {
        switch self {
        case .noTerminal(let device, let reason):
            "\(device): \(reason); run it in a terminal, or with --headless"
        case .unknownTerminal(let name):
            "TERM=\(name): no terminal this system can draw on; set TERM=xterm-256color, or run with --headless"
        }
    }
}
