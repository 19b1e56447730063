import Commands
import Foundation
import Machine
import Runs
import Settings
import Synchronization

/// How well runs are diagnosed: faulty ones that are to be found, and healthy ones about which nothing is to be said.
struct DiagnosisBenchmark {
    private let cases: [DiagnosisCase]
    private let seeds: [UInt64]
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        guard arguments.operands.count >= 2 else {
            throw UsageError("sitter bench diagnosis: say which cases, as in sitter bench diagnosis Tests/cases.json5")
        }
        let wanted = arguments.operands.dropFirst(2)
        let all = try DiagnosisCase.read(arguments.operands[1])
        cases = wanted.isEmpty ? all : all.filter { entry in wanted.contains { entry.name.contains($0) } }
        let count = try arguments.wholeNumber("--count", in: 1...1000) ?? 2
        let first = try arguments.wholeNumber("--seed", in: 0...1_000_000) ?? 1
        seeds = (first..<first + count).map(UInt64.init)
        isJSON = arguments.has("--json")
    }

    private struct Result: Sendable {
        let entry: DiagnosisCase
        let seed: UInt64
        let outcome: DiagnosisCase.Outcome

        var isHealthy: Bool { entry.expected.isEmpty }
        var isFound: Bool { outcome.raises(entry.expected) }
        var isHeadline: Bool {
            outcome.headline.map { entry.expected.contains($0) || entry.accepted.contains($0) } ?? false
        }
        var isFalseAlarm: Bool { isHealthy && !outcome.raised.isEmpty }
    }

    func run() throws -> Int32 {
        let work = cases.flatMap { entry in seeds.map { (entry, $0) } }
        let results = Mutex<[Int: Result]>([:])
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: work.count) { index in
            do {
                let outcome = try work[index].0.run(seed: work[index].1)
                results.withLock { $0[index] = Result(entry: work[index].0, seed: work[index].1, outcome: outcome) }
            } catch { failure.withLock { $0 = error } }
        }
        if let error = failure.withLock({ $0 }) { throw error }
        let all = results.withLock { found in work.indices.compactMap { found[$0] } }
        for result in all { print(isJSON ? json(result).compact : line(result)) }
        print(isJSON ? summary(all).json.compact : summary(all).text)
        return ExitCode.done
    }

    private func line(_ result: Result) -> String {
        let isRight = result.isHealthy ? !result.isFalseAlarm : result.isFound && result.isHeadline
        let mark = isRight ? "  " : result.isFound ? "~ " : "x "
        var seen: [String] = []
        for finding in result.outcome.raised where !seen.contains(finding.kind.id) { seen.append(finding.kind.id) }
        let raised = seen.map { $0 == result.outcome.headline?.rawValue ? "[\($0)]" : $0 }.joined(separator: " ")
        let due = result.isHealthy ? "healthy" : result.entry.expected.map(\.id).joined(separator: "|")
        let accuracy = result.outcome.validation?.accuracy.map { String(format: " %.0f %%", 100 * $0) } ?? ""
        return mark + result.entry.name.padding(toLength: 26, withPad: " ", startingAt: 0) + " \(result.seed)  "
            + due.padding(toLength: 24, withPad: " ", startingAt: 0)
            + String(
                format: " %5d steps %5.2f s  loss %.3g", result.outcome.steps, result.outcome.seconds,
                result.outcome.loss)
            + accuracy + "  " + raised
    }

    private func json(_ result: Result) -> JSON {
        [
            "case": .string(result.entry.name), "seed": .integer(Int(result.seed)),
            "expected": .array(result.entry.expected.map { .string($0.id) }),
            "headline": result.outcome.headline.map { .string($0.id) } ?? .null,
            "raised": .array(
                result.outcome.raised.map { finding in
                    [
                        "finding": .string(finding.kind.id), "step": .integer(finding.position.step),
                        "onset": .integer(finding.onset), "text": .string(finding.text),
                    ]
                }), "loss": .number(result.outcome.loss),
            "accuracy": result.outcome.validation?.accuracy.map { .number($0) } ?? .null,
        ]
    }

    private func summary(_ results: [Result]) -> (text: String, json: JSON) {
        let (faulty, healthy) = (results.filter { !$0.isHealthy }, results.filter(\.isHealthy))
        func share(_ count: Int, _ whole: Int) -> Double { whole > 0 ? Double(count) / Double(whole) : .nan }
        let found = share(faulty.count(where: \.isFound), faulty.count)
        let headline = share(faulty.count { $0.isFound && $0.isHeadline }, faulty.count)
        let alarms = share(healthy.count(where: \.isFalseAlarm), healthy.count)
        let text = String(
            format: "\n%d faulty runs: %.1f %% found, %.1f %% as the headline; %d healthy ones: %.1f %% false alarms",
            faulty.count,
            100 * found, 100 * headline, healthy.count, 100 * alarms)
        return (
            text,
            [
                "faulty": .integer(faulty.count), "found": .number(found), "headline": .number(headline),
                "healthy": .integer(healthy.count), "falseAlarms": .number(alarms),
            ]
        )
    }
}
