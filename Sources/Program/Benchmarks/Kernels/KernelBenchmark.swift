import Commands
import Foundation
import Settings
import Tensors
import Training

/// Each kernel beside the limit of the machine, measured in the same run.
struct KernelBenchmark {
    let clock: KernelClock
    let threads: Int
    let isJSON: Bool
    let productSize: Int
    let arrayBytes: Int

    init(_ arguments: ParsedArguments) throws(UsageError) {
        let seconds = try arguments.number("--seconds", in: 0.0001...60) ?? 0.2
        clock = KernelClock(seconds: seconds)
        threads = try arguments.wholeNumber("--threads", in: 1...1024) ?? 2
        isJSON = arguments.has("--json")
        // A glance in place of a measurement: arrays that take no time either.
        (productSize, arrayBytes) = seconds < 0.01 ? (128, 1 << 20) : (1024, 64 << 20)
    }

    func run() throws -> Int32 {
        MatrixProduct.useOneThread()
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        let limits = MachineLimits(pool: pool, clock: clock, productSize: productSize)
        let (triad, copy) = (limits.triadRate(bytesEach: arrayBytes), limits.copyRate(bytes: 2 * arrayBytes))
        if isJSON {
            let json: JSON = [
                "threads": .integer(threads), "kernel": .string(MatrixProduct.kernelName),
                "productGigaflops": .number(limits.productRate / 1e9), "triadGigabytesPerSecond": .number(triad / 1e9),
                "copyGigabytesPerSecond": .number(copy / 1e9),
            ]
            print(json.compact)
        } else {
            print(
                """
                \(threads) thread\(threads == 1 ? "" : "s"), OpenBLAS's kernel \(MatrixProduct.kernelName); the machine: \
                sgemm \(productSize)^3 \(Self.giga(limits.productRate)) GFLOP/s, triad \(Self.giga(triad)) GB/s, \
                copy \(Self.giga(copy)) GB/s
                GB/s count what a kernel must read and write at least; beside them copying as many bytes

                \(KernelResult.heading)
                """)
        }
        for kernel in KernelList.all {
            for result in try kernel.measure(limits) { print(isJSON ? result.json.compact : result.line) }
        }
        return ExitCode.done
    }

    private static func giga(_ rate: Double) -> String { String(format: "%.1f", rate / 1e9) }
}
