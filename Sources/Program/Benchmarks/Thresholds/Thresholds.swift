import Commands
import Files
import Settings

/// Bounds of what does not depend on the machine, as a file holds them: a name and what it is at most.
package struct Thresholds: Sendable {
    /// In the order of the file.
    package private(set) var bounds: [(name: String, most: Double)]
    private let file: String

    /// Reads an object of names and numbers from 0 up.
    /// - Throws: `FileError`, `SettingsError` where a value is no such number.
    package init(file: String) throws {
        self.file = file
        let setting = try Setting.parse(try FileBytes.read(file, limit: 1 << 20), file: file)
        bounds = try setting.object().members.map { ($0.name, try $0.setting.double(in: 0...1e12)) }
    }

    /// The bound of a name; nil where the file has none.
    package func most(_ name: String) -> Double? { bounds.first { $0.name == name }?.most }

    /// What is over its bound or has none, a line each.
    package func complaints(of measurements: [Measurement]) -> [String] {
        measurements.compactMap { measurement in
            guard let most = most(measurement.name) else {
                return
                    "\(file): \"\(measurement.name)\" is \(measurement.words) and has no bound; --update writes one"
            }
            guard measurement.value <= most else {
                return
                    "\(file): \"\(measurement.name)\" is \(measurement.words), its bound is \(Measurement.words(most))"
            }
            return nil
        }
    }

    /// Bounds of what is not among the names of all that is measured, a line each.
    package func complaints(measuring names: Set<String>) -> [String] {
        bounds.filter { !names.contains($0.name) }.map {
            "\(file): \"\($0.name)\" has a bound and is measured by nothing; --update takes it out"
        }
    }

    /// The bounds of these names alone.
    package func bounds(of names: Set<String>) -> Thresholds {
        var result = self
        result.bounds.removeAll { !names.contains($0.name) }
        return result
    }

    /// The same bounds with those of some measurements set anew.
    package func updated(by measurements: [Measurement]) -> Thresholds {
        var result = self
        for measurement in measurements {
            let most = measurement.proposal
            if let index = result.bounds.firstIndex(where: { $0.name == measurement.name }) {
                result.bounds[index].most = most
            } else {
                result.bounds.append((measurement.name, most))
            }
        }
        return result
    }

    /// What the file holds then.
    package var text: String { JSON.object(bounds.map { ($0.name, .number($0.most)) }).pretty }

    /// A figure that is the same on every machine, or nearly so.
    package struct Measurement: Hashable, Sendable {
        package let name: String
        package let value: Double
        /// The bound of a ratio of two times, which differs from run to run; nil for counts, whose bound is a tenth more than
        /// what was counted last.
        let bound: Double?

        package init(_ name: String, _ value: Double, bound: Double? = nil) {
            (self.name, self.value, self.bound) = (name, value, bound)
        }

        package var words: String { Self.words(value) }

        /// What its bound should be.
        var proposal: Double { bound ?? (value * 1.1).rounded(.up) }

        static func words(_ value: Double) -> String {
            value == value.rounded() ? "\(Int(value))" : "\((value * 1_000).rounded() / 1_000)"
        }
    }
}
