import Glibc
import Runs

/// The compact lines that `LogWriter` writes. Read for the few numbers that charts show, so that a million lines take a
/// second and not a minute.
struct RecordedLog {
    /// By branch.
    private(set) var branches: [Int: RecordedNumbers] = [:]
    /// How the run ended, nil where the log was cut off.
    private(set) var end: EndReason?

    /// Reads every line that is whole; what is no step, evaluation or end is skipped.
    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { all in
            var start = 0
            while start < all.count {
                // A last line without its end was cut off.
                guard let end = all[start...].firstIndex(of: UInt8(ascii: "\n")) else { return }
                readLine(UnsafeBufferPointer(rebasing: all[start..<end]))
                start = end + 1
            }
        }
    }

    private mutating func readLine(_ line: UnsafeBufferPointer<UInt8>) {
        let isStep = Self.begins(line, with: "{\"event\":\"step\",")
        guard isStep || Self.begins(line, with: "{\"event\":\"evaluation\",") else {
            if Self.begins(line, with: "{\"event\":\"end\",") {
                end = Self.text(Self.reason, in: line).flatMap { EndReason(rawValue: $0) }
            }
            return
        }
        let branch = Self.number(Self.branch, in: line) ?? 0
        guard let step = Self.number(Self.step, in: line), step >= 0, step < 9e15, branch >= 0, branch < 9e15
        else { return }
        for (number, key) in isStep ? Self.stepNumbers : Self.evaluationNumbers {
            guard let value = Self.number(key, in: line) else { continue }
            branches[Int(branch), default: RecordedNumbers()].take(number, value, step: Int(step), seconds: 0)
        }
    }

    private static let stepNumbers = Metric.allCases.map { (RecordedNumber.step($0), Key("\($0.written.key)")) }
    private static let evaluationNumbers: [(RecordedNumber, Key)] = [
        (.validationLoss, "loss"), (.validationAccuracy, "accuracy"),
    ]

    /// A key as it stands in a line: `"loss":`.
    private struct Key: ExpressibleByStringLiteral {
        let bytes: [UInt8]

        init(_ name: String) { bytes = Array("\"\(name)\":".utf8) }
        init(stringLiteral name: String) { self.init(name) }
    }

    private static let (branch, step, reason): (Key, Key, Key) = ("branch", "step", "reason")

    private static func begins(_ line: UnsafeBufferPointer<UInt8>, with text: StaticString) -> Bool {
        line.count >= text.utf8CodeUnitCount && memcmp(line.baseAddress!, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// The number after a key, words for what is not finite included; nil where it is null or missing.
    private static func number(_ key: Key, in line: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let text = text(key, in: line) else { return nil }
        return Double(text) ?? (text == "Infinity" ? .infinity : text == "-Infinity" ? -.infinity : nil)
    }

    /// What is written after a key, without quotes; nil where it is missing.
    private static func text(_ key: Key, in line: UnsafeBufferPointer<UInt8>) -> String? {
        let length = key.bytes.count
        var place = 0
        while place + length < line.count {
            if line[place] == UInt8(ascii: "\""), memcmp(line.baseAddress! + place, key.bytes, length) == 0 {
                break
            }
            place += 1
        }
        guard place + length < line.count else { return nil }
        let rest = line[(place + length)...].prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
        return String(decoding: rest.filter { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
    }
}
