import Foundation
import Runs
import Settings

/// What somebody at the socket asks for, an object a line.
enum RunRequest {
    /// `{"watch":{...}}`: what is new since a cursor.
    case watch(RunTalk.Watch)
    /// `{"status":true}`: where the run stands.
    case status
    /// `{"attend":true}`: somebody is there from now on who can answer what the run asks.
    case attend
    /// `{"send":{"pause":true}}`: a command, without waiting for its receipt.
    case send(RunCommand)
    /// `{"pause":true}` and every other command: with its receipt.
    case command(RunCommand)

    /// Reads a line.
    /// - Throws: one sentence.
    init(_ line: [UInt8], file: String = "line") throws {
        let object = try Setting.parse(line, file: file).object(keys: Self.words)
        guard let member = object.members.first, object.members.count == 1 else {
            throw RequestError("one request is due, as in {\"status\":true} or {\"setLearningRate\":0.01}")
        }
        switch member.name {
        case "watch":
            struct Whole: Decodable { var watch: RunTalk.Watch }
            do {
                self = .watch(try RunTalk.decoder.decode(Whole.self, from: Data(line)).watch)
            } catch { throw RequestError("watch: no place in a run") }
        case "status": self = .status
        case "attend": self = .attend
        case "send":
            let command = try member.setting.object(keys: CommandKind.words)
            guard let inner = command.members.first, command.members.count == 1 else {
                throw RequestError("send: one command is due")
            }
            self = .send(try RunCommand(name: inner.name, value: inner.setting))
        default: self = .command(try RunCommand(name: member.name, value: member.setting))
        }
    }

    private static let words = ["watch", "status", "attend", "send"] + CommandKind.words

    struct RequestError: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
