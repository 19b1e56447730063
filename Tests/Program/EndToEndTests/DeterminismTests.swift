import Foundation
import TestSupport
import Testing

/// The same config gives the same bits.
@Suite struct DeterminismTests {
    let scratch = ScratchFolder()

    init() throws {
        try scratch.write("small.json5", Configs.convolution)
        try scratch.write(
            "script.ndjson",
            """
            {"step":3,"scaleLearningRate":0.5}
            {"step":5,"evaluate":true}
            {"step":7,"setLearningRate":-1}
            {"step":9,"followSchedule":true}

            """)
    }

    /// The final weights of a run with changes to the config.
    func weights(_ name: String, _ changes: String...) async throws -> [UInt8] {
        let sets = changes.flatMap { ["--set", $0] }
        let outcome = try await Program.run(
            [
                "train", "small.json5", "--headless", "--commands", "script.ndjson", "--log", "\(name).log", "--run",
                name,
            ]
                + sets, in: scratch)
        try #require(outcome.code == 0, "\(outcome.errors)")
        return try tensorBytes(scratch.bytes("\(name)/checkpoints/last.safetensors"))
    }

    @Test func `the kernel is the fastest unless a person names one`() async throws {
        func kernel(_ environment: [String: String?]) async throws -> String? {
            let process = try RunningProgram(
                ["train", "small.json5", "--headless"], in: scratch, environment: environment)
            return try await process.outcome().output.firstMatch(of: /(\w+) kernels/).map { String($0.output.1) }
        }
        #expect(try await kernel(["SITTER_BLAS_KERNEL": "Haswell", "OPENBLAS_CORETYPE": nil]) == "Haswell")
        // What a machine's environment asks for does not hold its processor back.
        let processor = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        let slowed = try await kernel(["SITTER_BLAS_KERNEL": nil, "OPENBLAS_CORETYPE": "Haswell"])
        #expect(slowed == (processor.contains(" avx512vl") ? "SkylakeX" : "Haswell"))
    }

    @Test func `two runs write the same log and weights`() async throws {
        let first = try await weights("first")
        let second = try await weights("second")
        #expect(first == second)
        #expect(Log(try scratch.text("first.log")).withoutSpeed == Log(try scratch.text("second.log")).withoutSpeed)
    }

    @Test func `another seed gives other weights`() async throws {
        let first = try await weights("first")
        let second = try await weights("second", "seed=4")
        #expect(first != second)
    }

    @Test func `threads change no bit`() async throws {
        let one = try await weights("one", "threads=1")
        let two = try await weights("two", "threads=2")
        let three = try await weights("three", "threads=3")
        #expect(one == two)
        #expect(one == three)
        #expect(Log(try scratch.text("one.log")).withoutSpeed == Log(try scratch.text("two.log")).withoutSpeed)
    }

    @Test func `measuring changes no bit`() async throws {
        let off = try await weights("off", "statistics=off")
        let seldom = try await weights("seldom")
        let always = try await weights("always", "statistics.every=1")
        #expect(off == seldom)
        #expect(off == always)
        #expect(try Log(scratch.text("off.log")).events("layers").isEmpty)
        #expect(try Log(scratch.text("always.log")).events("layers").count == 16)
    }
}
