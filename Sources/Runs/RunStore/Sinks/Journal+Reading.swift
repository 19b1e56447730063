import Runs
import Settings

extension Journal {
    /// The commands of a journal with their receipts, in the order in which they were given.
    ///
    /// A last line without a line end, as a crash leaves it, does not count. Events of other kinds are skipped.
    package static func receipts(in bytes: [UInt8], file: String) throws(SettingsError) -> [Receipt] {
        guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        var receipts: [Receipt] = []
        for line in try Setting.parseLines(bytes[...end], file: file, allowsNonFinite: true) {
            let object = try line.object()
            if try object.required("event").string() == "command" { receipts.append(try receipt(object)) }
        }
        return receipts
    }

    private static func receipt(_ object: SettingObject) throws(SettingsError) -> Receipt {
        let position = Position(
            branch: try object.required("branch").integer(in: 0...),
            step: try object.required("step").integer(in: 0...))
        let commandSetting = try object.required("command")
        let members = try commandSetting.object(keys: RunCommand.names).members
        guard let member = members.first, members.count == 1 else {
            throw commandSetting.error("one command is due here, not \(members.count)")
        }
        let outcome: Receipt.Outcome =
            if try object.required("accepted").bool() {
                .accepted(old: try rate(object["old"]), new: try rate(object["new"]))
            } else {
                .refused(try object.required("reason").string())
            }
        return Receipt(
            position: position, author: Author(name: try object.required("author").string()),
            command: try RunCommand(name: member.name, value: member.setting), outcome: outcome)
    }

    private static func rate(_ setting: Setting?) throws(SettingsError) -> Double? {
        guard let setting, !setting.isNull else { return nil }
        return try setting.double()
    }
}

extension Author {
    /// The author of that name in logs and journals; any other name is a policy's.
    init(name: String) {
        let plain: [Author] = [.person, .script, .run, .disk]
        self = plain.first { $0.name == name } ?? .policy(name)
    }
}
