import Fields
import Runs
import Settings

extension RunCommand {
    /// Reads the value that stands under a command's word: `"setLearningRate":0.01`, `"pause":true`, `"stop":{"keep":"best"}`.
    ///
    /// Numbers are taken as they are, even where the run will refuse them: that gives a receipt.
    /// - Precondition: `name` is one of `CommandKind.words`.
    init(name: String, value: Setting) throws(SettingsError) {
        guard let kind = CommandKind.named(name) else { preconditionFailure("no command is called \(name)") }
        self = kind.make(try FieldReader(.types).value(value, kind.form))
    }
}
