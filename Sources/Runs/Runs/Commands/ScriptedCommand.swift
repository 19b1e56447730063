/// A command that a file asks for at a step.
package struct ScriptedCommand: Hashable, Sendable {
    /// The command acts before this update.
    package var step: Int
    package var command: RunCommand
    /// Where it stands, `file:line:column`, for messages.
    package var place: String

    package init(step: Int, command: RunCommand, place: String) {
        self.step = step
        self.command = command
        self.place = place
    }
}
