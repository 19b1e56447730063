import Runs
import Settings

/// A command file (`--commands`): one JSON5 object a line, a position and one command.
///
///     {"step":100,"setLearningRate":0.01}      hold this rate from update 100 on
///     {"step":100,"scaleLearningRate":0.5}     halve the rate
///     {"step":100,"rescaleSchedule":0.02}      follow the schedule, multiplied so that it says this rate now
///     {"step":100,"holdLearningRate":0.5}      multiply the rate once, and hold it
///     {"step":100,"undo":true}                 take the last change of the rate or the schedule back
///     {"step":100,"restore":"best"}            go back to weights that were kept; see `Restoration`
///     {"step":500,"rewind":340}                go back in time; {"to":340,"scale":0.3} with another rate
///     {"branch":1,"step":360,"pause":true}     on the branch that the first rewind begins alone
///     {"step":200,"followSchedule":true}       back to the plan; {} is as good as true
///     {"step":200,"setSchedule":{"cosine":{"to":0,"rate":0.05}}}   replace the rest of the plan, see `ScheduleChange`
///     {"step":260,"setWeightDecay":1e-3}       train on with it; see `CommandKind.all` for the other options
///     {"step":300,"pause":true}  {"step":300,"resume":true}  {"step":300,"evaluate":true}
///     {"step":300,"steps":20}                  20 single steps while paused; also {"at":300,"step":20}
///     {"step":300,"note":"words"}              kept in the log and the journal
///     {"step":400,"stop":{"keep":"best"}}      or "last"
///
/// `at` is another name for the position's `step`. A command for step t acts before update t, once: the first time that the run comes
/// there, or on its `branch`. Blank lines and `//`
/// comments are fine.
package enum CommandScript {
    /// Reads a whole file; the commands come in the order of their steps, those of one step in the file's.
    ///
    /// Numbers that a run refuses (a rate of 0, NaN) are no errors here: they become refused receipts.
    /// - Parameter file: the name that errors show.
    package static func parse(
        _ bytes: some Collection<UInt8>, file: String
    ) throws(SettingsError) -> [ScriptedCommand] {
        var commands: [ScriptedCommand] = []
        for line in try Setting.parseLines(bytes, file: file, allowsNonFinite: true) {
            commands.append(try command(line))
        }
        // Swift's sort is stable.
        return commands.sorted { $0.step < $1.step }
    }

    /// A line of a script, without its end: the command acts again where it acted.
    package static func line(_ command: RunCommand, at position: Position) -> String {
        JSON.object([
            ("at", .integer(position.step)), ("branch", .integer(position.branch)),
            (command.name, JSON(command.kind.argument(command))),
        ]).compact
    }

    private static func command(_ line: Setting) throws(SettingsError) -> ScriptedCommand {
        let object = try line.object(keys: ["step", "at", "branch"] + CommandKind.words.filter { $0 != "step" })
        // `step` is the position, unless `at` is.
        let positionName = object["at"] == nil ? "step" : "at"
        let members = object.members.filter { $0.name != positionName && $0.name != "branch" }
        guard let position = object[positionName] else {
            throw line.error("the position is missing; write \"step\", as in {\"step\":100,\"pause\":true}")
        }
        let step = try position.integer(in: 0...)
        let branch = try object["branch"]?.integer(in: 0...)
        guard let member = members.first else {
            throw line.error(
                "the command is missing, as in {\"step\":\(step),\"pause\":true}; for single steps write \"steps\"")
        }
        if members.count > 1 {
            throw SettingsError(
                place: members[1].namePlace, path: members[1].setting.path,
                message: "a second command beside \"\(member.name)\"; write each on a line of its own")
        }
        let command = try RunCommand(name: member.name, value: member.setting)
        return ScriptedCommand(step: step, branch: branch, command: command, place: line.place.description)
    }
}
