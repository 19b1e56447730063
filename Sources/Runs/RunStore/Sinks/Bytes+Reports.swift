import Fields
import Settings

extension [UInt8] {
    mutating func write(_ integer: Int) { JSON.write(integer, into: &self) }

    /// Appends a line of a log or a journal: `{"event":"word"` and the fields of the event's table, in their order.
    /// - Parameter seconds: seconds since the run began, which a journal's lines end with; rounded to milliseconds.
    mutating func event<Event: Written>(_ event: Event, seconds: Double? = nil) {
        append(contentsOf: "{\"event\":".utf8)
        JSON.write(Event.word, into: &self)
        for field in Event.fields {
            guard let value = field.get(event) else { continue }
            append(UInt8(ascii: ","))
            JSON.write(field.key, into: &self)
            append(UInt8(ascii: ":"))
            JSON(value).write(into: &self)
        }
        if let seconds { member("seconds", (seconds * 1000).rounded() / 1000) }
        endEvent()
    }
}
