import Fields
import Runs
import Settings

// How commands are written in scripts and in the journal: `"setLearningRate":0.01`, `"pause":true`,
// `"stop":{"keep":"best"}`. Numbers are taken as they are, even where the run will refuse them: that gives a receipt.
extension RunCommand {
    /// The words of all commands, second ones included.
    static let names = CommandKind.all.flatMap { kind in kind.alias.map { [kind.word, $0] } ?? [kind.word] }

    /// Reads the value that stands under a command's word.
    /// - Precondition: `name` is one of `names`.
    init(name: String, value: Setting) throws(SettingsError) {
        guard let kind = CommandKind.named(name) else { preconditionFailure("no command is called \(name)") }
        self = kind.make(try FieldReader(.types).value(value, kind.form))
    }

    /// Appends `"name":value`, which `init(name:value:)` reads back to the same command.
    func write(into bytes: inout [UInt8]) {
        JSON.write(name, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        JSON(kind.argument(self)).write(into: &bytes)
    }
}
