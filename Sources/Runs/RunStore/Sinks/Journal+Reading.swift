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
            guard try object.required("event").string() == CommandEvent.word else { continue }
            receipts.append(try FieldReader(.records).read(CommandEvent.self, among: object).receipt)
        }
        return receipts
    }
}
