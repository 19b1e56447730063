import Foundation
import Settings

/// How fast one kernel was.
struct KernelResult: Sendable {
    enum Unit: String, Sendable {
        case operations = "GFLOP/s"
        case bytes = "GB/s"
    }

    let name: String
    /// What it worked on: `128x784x512`, `64 x 64x32x32`.
    let shape: String
    let seconds: Double
    /// Operations, or bytes read and written at least, of one run.
    let work: Double
    let unit: Unit
    /// What the machine reaches on as much work, in operations or bytes a second.
    let limit: Double

    var rate: Double { work / seconds }

    static let heading =
        "kernel                     shape                       time        rate           of the machine's"

    var line: String {
        let time =
            seconds < 1e-3 ? String(format: "%8.1f µs", seconds * 1e6) : String(format: "%8.2f ms", seconds * 1e3)
        return name.padding(toLength: 26, withPad: " ", startingAt: 0) + " "
            + shape.padding(toLength: 24, withPad: " ", startingAt: 0)
            + "\(time)  \(String(format: "%8.1f", rate / 1e9)) \(unit.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0))"
            + String(format: "%8.1f, %3.0f %%", limit / 1e9, 100 * rate / limit)
    }

    var json: JSON {
        [
            "kernel": .string(name), "shape": .string(shape), "seconds": .number(seconds),
            (unit == .operations ? "gigaflops" : "gigabytesPerSecond"): .number(rate / 1e9),
            "limit": .number(limit / 1e9), "share": .number(rate / limit),
        ]
    }
}
