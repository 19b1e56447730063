import CAllocationCounter
import Foundation
import PlanFixtures
import Plans
import Runs
import Synchronization
import Tensors
import Testing
import Training

/// After the first steps a training step makes no heap allocation, on whatever thread it computes.
@Suite(.serialized) struct AllocationTests {
    private static let nets = [
        "model: [\"flatten\", { linear: 96 }, \"relu\", { linear: 64 }, \"tanh\", { linear: 10 }], optimizer: { sgd: 0.05 }",
        """
        model: [{ conv2d: { filters: 8, kernel: 3, padding: 1 } }, \"batchNorm\", \"relu\", { maxPool2d: 2 },
          { conv2d: { filters: 8, kernel: 5, stride: 2 } }, \"elu\", \"flatten\", { dropout: 0.4 }, { linear: 10 }],
        optimizer: { adam: {} }
        """,
        """
        model: [{ conv2d: { filters: 8, kernel: 3, padding: 1 } },
          { residual: { body: [{ conv2d: { filters: 8, kernel: 3, padding: 1 } }, \"batchNorm\"] } }, \"relu\",
          { concat: { branches: [[], [{ conv2d: { filters: 4, kernel: 1 } }]] } }, { avgPool2d: 4 }, \"flatten\",
          \"layerNorm\", \"gelu\", { linear: 10 }],
        optimizer: { rmsprop: { momentum: 0.9 } }, gradientClipping: { norm: 1 }, schedule: { cosine: { warmup: 2 } }
        """,
        """
        model: [{ conv2d: { filters: 16, kernel: 3, padding: 1 } }, \"batchNorm\", \"relu\",
          { residual: { body: [{ conv2d: { filters: 16, kernel: 3, padding: 1, bias: false } }, \"batchNorm\"] } }, \"relu\",
          { maxPool2d: 2 }, { conv2d: { filters: 20, kernel: 3, padding: 1 } }, \"globalAvgPool\", { linear: 10 }],
        optimizer: { sgd: { learningRate: 0.05, momentum: 0.9 } }
        """,
        """
        model: [\"flatten\", { linear: { units: 64, dropConnect: 0.3 } }, \"prelu\", { linear: 64 }, \"maxout\",
          { linear: 10 }],
        loss: \"mse\", optimizer: { adamW: {} }, gradientClipping: { value: 0.1 },
        augmentation: [{ mixup: { alpha: 0.2 } }]
        """,
    ]

    @Test(arguments: nets, ["\"off\"", "{ budget: 1 }", "{ every: 1 }"])
    func `a step allocates nothing`(net: String, statistics: String) throws {
        let text = """
            { data: { digits: { count: 256, seed: 1 } }, \(net), epochs: 300, batchSize: 32, seed: 1, threads: 2,
              statistics: \(statistics) }
            """
        let material = try RunMaterial(plan: Config.plan(text))
        defer { material.pool.close() }
        let reports = ReportMailbox()
        let trainer = Trainer(
            material: material, mailbox: CommandMailbox(), reports: reports,
            options: TrainerOptions(canSteer: false, isWatched: true, logsStatistics: true))
        let watch = AllocationWatch(reports, from: 200, steps: 400)
        Allocations.watch(true, material.pool)
        watch.start()
        _ = trainer.run()
        Allocations.watch(false, material.pool)
        let found = watch.finish()
        #expect(found.steps >= 400 && found.lastStep < 2_400, "steps \(found.steps) up to \(found.lastStep)")
        #expect(found.allocations == 0, "the last one by \(found.lastCallers)")
    }

    @Test(arguments: [8, 64]) func `nor does one once its batches have another size`(size: Int) throws {
        let text = """
            { data: { digits: { count: 256, seed: 1 } }, \(Self.nets[1]), epochs: 300, batchSize: 32, seed: 1, threads: 2,
              augmentation: [{ mixup: { alpha: 0.2 } }], statistics: { every: 1 } }
            """
        let material = try RunMaterial(plan: Config.plan(text))
        defer { material.pool.close() }
        let (mailbox, reports) = (CommandMailbox(), ReportMailbox())
        mailbox.schedule(Run.scripted([(100, .setBatchSize(size))]))
        let trainer = Trainer(
            material: material, mailbox: mailbox, reports: reports, options: TrainerOptions(logsStatistics: true))
        let watch = AllocationWatch(reports, from: 200, steps: 400)
        Allocations.watch(true, material.pool)
        watch.start()
        _ = trainer.run()
        Allocations.watch(false, material.pool)
        let found = watch.finish()
        #expect(found.steps >= 400 && found.allocations == 0, "the last one by \(found.lastCallers)")
    }

    /// The counter sees what it must see.
    @Test func `an allocation is counted`() {
        let pool = WorkerPool(threadCount: 2)
        defer { pool.close() }
        Allocations.watch(true, pool)
        let before = allocations_count()
        let arrays = Mutex<[[Int]]>([])
        pool.run(pieces: 2) { piece in
            usleep(2_000)
            let array = Array(repeating: piece, count: 100)
            arrays.withLock { $0.append(array) }
        }
        Allocations.watch(false, pool)
        #expect(allocations_count() - before >= 2)
    }
}
