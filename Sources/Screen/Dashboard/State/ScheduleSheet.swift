import Runs

/// The editor of the rest of the schedule: a shape and a text per field.
package struct ScheduleSheet: Hashable, Sendable {
    /// How the rate may go on.
    package enum Shape: Int, Hashable, Sendable, CaseIterable {
        case asPlanned, hold, linear, cosine, restarts, stairs, exponential, oneCycle

        /// What the editor calls it.
        package var name: String {
            switch self {
            case .asPlanned: "as planned"
            case .hold: "hold"
            case .linear: "linear"
            case .cosine: "cosine"
            case .restarts: "restarts"
            case .stairs: "stairs"
            case .exponential: "exponential"
            case .oneCycle: "one cycle"
            }
        }

        /// The fields that mean something to the shape, from the top.
        package var fields: [Field] {
            switch self {
            case .asPlanned: [.shape, .start, .floor]
            case .hold: [.shape, .start]
            case .linear, .cosine, .exponential: [.shape, .start, .length, .floor, .warmup]
            case .restarts: [.shape, .start, .period, .floor, .warmup]
            case .stairs: [.shape, .start, .period, .factor, .floor]
            case .oneCycle: [.shape, .start, .peak, .length, .floor]
            }
        }
    }

    /// What can be typed; which fields mean something depends on the shape.
    package enum Field: Hashable, Sendable, CaseIterable {
        case shape, start, length, floor, warmup, period, factor, peak

        /// What the editor calls it.
        package var name: String {
            switch self {
            case .shape: "shape"
            case .start: "from"
            case .length: "length"
            case .floor: "floor"
            case .warmup: "warm-up"
            case .period: "every"
            case .factor: "factor"
            case .peak: "peak"
            }
        }
    }

    /// How the rate is to go on.
    package var shape: Shape
    /// What stands in each field; empty for its default.
    package var texts: [Field: String]
    /// The field that keys change.
    package var selected: Field
    /// When the editor was opened, in monotonic seconds.
    package var openedAt: Double
    /// What stood against Enter, until the next key.
    package var error: String?

    /// An editor as it stands.
    package init(
        shape: Shape = .cosine, texts: [Field: String] = [:], selected: Field = .shape, openedAt: Double,
        error: String? = nil
    ) {
        self.shape = shape
        self.texts = texts
        self.selected = selected
        self.openedAt = openedAt
        self.error = error
    }

    /// The text of a field, empty where its default holds.
    package func text(_ field: Field) -> String { texts[field] ?? "" }
}
