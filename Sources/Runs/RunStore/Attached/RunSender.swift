import Files
import Runs
import Settings

/// Sends single commands to a run in another process.
package final class RunSender {
    private let directory: RunDirectory
    private let channel: LineChannel

    /// Milliseconds that a run has to say that it is there.
    private static let patience = 10_000

    /// Reaches the run.
    /// - Throws: where no process has it.
    package init(_ directory: RunDirectory) throws {
        self.directory = directory
        guard RunLock.isHeld(directory) else { throw FileError.notAlive(directory) }
        channel = LineChannel(try RunSocket.connect(to: directory), longest: 1 << 20)
        guard case .line(let line) = channel.readLine(within: Self.patience) else { throw FileError.silent(directory) }
        // Where all places are taken that is said in place of the greeting.
        if let refusal = try? Setting.parse(line, file: directory.socket).object()["error"]?.string() {
            throw FileError(path: directory.socket, .malformed(refusal))
        }
    }

    /// What a run said.
    package struct Answer {
        /// One line of JSON.
        package let text: String
        /// Whether it was not done.
        package let isRefusal: Bool
    }

    /// Sends a command or a question, and waits for the answer.
    /// - Parameter text: JSON5, as in a script.
    package func ask(_ text: String) throws -> Answer {
        let request = try Setting.parse(text: text, file: "command")
        guard case .object(let members) = request.value, members.count == 1, members[0].name != "watch",
            members[0].name != "send", members[0].name != "attend"
        else {
            throw SettingsError(
                place: request.place, path: request.path,
                message: "one command is due, as in {\"setLearningRate\":0.01}; the run chooses the step")
        }
        // What is wrong with it is said here, with its place.
        if members[0].name != "status" { _ = try RunRequest(Array(text.utf8), file: "command") }
        guard channel.write(line: Array(JSON(request).compact.utf8)),
            case .line(let line) = channel.readLine()
        else { throw FileError.silent(directory) }
        let answer = try Setting.parse(line, file: directory.socket).object()
        let isRefusal = try answer["error"] != nil || answer["accepted"]?.bool() == false
        return Answer(text: String(decoding: line, as: UTF8.self), isRefusal: isRefusal)
    }
}

extension FileError {
    /// No process has the run.
    static func notAlive(_ directory: RunDirectory) -> FileError {
        FileError(
            path: directory.path,
            .malformed("no process trains this run; sitter train --resume \(directory.path) goes on with it"))
    }

    /// A process has the run and does not answer.
    static func silent(_ directory: RunDirectory) -> FileError {
        FileError(path: directory.socket, .malformed("its process does not answer"))
    }
}
