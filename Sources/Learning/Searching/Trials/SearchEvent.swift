import Fields
import Settings

/// What happens in a search, as a line of its file or of a worker says it.
package enum SearchEvent: Hashable, Sendable {
    case drawn(DrawnEvent)
    case score(ScoreEvent)
    case end(RunEndEvent)
    case progress(TrialProgressEvent)

    /// One line of JSON, with its end.
    package var line: [UInt8] {
        let written: any Written =
            switch self {
            case .drawn(let event): event
            case .score(let event): event
            case .end(let event): event
            case .progress(let event): event
            }
        return Self.line(of: written)
    }

    private static func line(of written: some Written) -> [UInt8] {
        guard case .object(let members) = JSON(writing: written) else { preconditionFailure("an event is an object") }
        let json = JSON.object([("event", .string(type(of: written).word))] + members)
        return Array(json.compact.utf8) + [UInt8(ascii: "\n")]
    }

    /// The event of a line without its end; nil where it tells none.
    package init?(line: some Collection<UInt8>) {
        guard let setting = try? Setting.parseLines(line, file: "trials.ndjson", allowsNonFinite: true).first,
            let object = try? setting.object(), let word = try? object["event"]?.string()
        else { return nil }
        let reader = FieldReader(.records)
        do throws(SettingsError) {
            switch word {
            case DrawnEvent.word: self = .drawn(try reader.read(among: object))
            case ScoreEvent.word: self = .score(try reader.read(among: object))
            case RunEndEvent.word: self = .end(try reader.read(among: object))
            case TrialProgressEvent.word: self = .progress(try reader.read(among: object))
            default: return nil
            }
        } catch { return nil }
    }

    /// The events of a file of lines; a last line without an end was being written when its process was killed.
    package static func all(in bytes: [UInt8]) -> [SearchEvent] {
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        return bytes[..<last].split(separator: UInt8(ascii: "\n")).compactMap { SearchEvent(line: $0) }
    }
}
