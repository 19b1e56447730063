import Diagnosis
import Foundation
import Runs
import Testing

/// What becomes of the answers of rules: raised, cleared, ordered, kept.
struct ExaminerTests {
    @Test("a cause takes the headline from its symptoms, whichever was said first")
    func order() {
        var run = TrainedRun()
        run.probe([0, 0, 0, .nan])
        for step in 0..<300 {
            run.train(loss: step < 20 ? 40 : 2.3, ratio: step < 12 ? 2 : 0)
            if step % 60 == 59 { run.probe([1, 1, 1, .nan]) }
        }
        #expect(run.headline == .rateTooHigh)
        #expect(run.raised.contains(.deadUnits))
        #expect(run.findings.count { $0.kind == .rateTooHigh && $0.isHeadline } >= 1)
    }

    @Test("what is over is cleared, and said so")
    func cleared() {
        var run = TrainedRun()
        for _ in 0..<120 { run.train(loss: 2, decay: 0.1, penalty: 5) }
        for _ in 0..<400 { run.train(loss: 0.2, decay: 1e-4, penalty: 0.001) }
        #expect(run.findings.last?.kind == .regularizationTooStrong)
        #expect(run.findings.last?.state == .cleared)
        #expect(run.examiner.standing.isEmpty)
    }

    @Test("a memory that is written and read goes on as if nothing had happened", arguments: UInt64(1)...6)
    func memory(seed: UInt64) throws {
        var random = SystemSeeded(seed: seed)
        let losses = (0..<600).map { _ in Double.random(in: 0.5...6, using: &random) }
        let ratios = (0..<600).map { _ in pow(10, Double.random(in: -6...0, using: &random)) }
        let middle = Int.random(in: 1..<599, using: &random)
        var whole = TrainedRun()
        var parts = TrainedRun()
        for step in losses.indices {
            if step == middle {
                let memory = try JSONDecoder.withAll.decode(
                    Examiner.Memory.self, from: JSONEncoder.withAll.encode(parts.examiner.memory))
                #expect(memory.isSound)
                parts.examiner = Examiner(parts.examiner.subject, memory: memory)
            }
            whole.train(loss: losses[step], ratio: ratios[step])
            parts.train(loss: losses[step], ratio: ratios[step])
        }
        #expect(whole.findings == parts.findings)
        #expect(whole.examiner.memory == parts.examiner.memory)
    }

    @Test("any numbers are taken, whatever they are", arguments: UInt64(1)...20)
    func anything(seed: UInt64) {
        var random = SystemSeeded(seed: seed)
        func number() -> Double {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: .nan
            case 1: .infinity
            case 2: -.infinity
            case 3: 0
            case 4: -1e300
            case 5: 1e300
            default: Double.random(in: -10...10, using: &random)
            }
        }
        var facts = DataFacts()
        (facts.inputScale, facts.majority, facts.neighbours) = (number(), number(), number())
        facts.targetVariance = number()
        var run = TrainedRun(TrainedRun.subject(loss: seed % 2 == 0 ? "mse" : "crossEntropy", data: facts))
        for step in 0..<300 {
            run.train(
                loss: number(), accuracy: number(), rate: number(), gradient: number(), ratio: number(),
                weightNorm: number(), decay: number(), penalty: number())
            if step % 10 == 0 {
                run.measure(
                    [number(), number(), number(), number()], signals: [number(), number(), number(), number()])
            }
            if step % 15 == 0 { run.probe([number(), number(), number(), .nan]) }
            if step % 20 == 0 { run.evaluate(loss: number(), accuracy: number()) }
        }
        for finding in run.findings { #expect(!finding.text.contains("\n") && finding.onset >= 0) }
    }
}

/// Random numbers that follow from a seed (SplitMix64, Steele and others, 2014).
struct SystemSeeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension JSONEncoder {
    fileprivate static var withAll: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }
}

extension JSONDecoder {
    fileprivate static var withAll: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return decoder
    }
}
