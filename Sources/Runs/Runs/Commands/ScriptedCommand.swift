/// A command that a file asks for at a step.
package struct ScriptedCommand: Hashable, Sendable {
    /// The command acts before this update.
    package var step: Int
    /// The branch of that update; nil for the first time that it is reached.
    package var branch: Int?
    /// What is asked for.
    package var command: RunCommand
    /// Where it stands, `file:line:column`, for messages.
    package var place: String

    /// A command of a script before an update.
    package init(step: Int, branch: Int? = nil, command: RunCommand, place: String) {
        self.step = step
        self.branch = branch
        self.command = command
        self.place = place
    }
}
