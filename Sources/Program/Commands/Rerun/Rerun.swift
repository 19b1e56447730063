import Charts
import CursesTerminal
import Files
import Foundation
import Machine
import Plans
import RunStore
import Runs
import Training

/// A run made again from its beginning, from checkpoint to checkpoint.
struct Rerun {
    private let directory: RunDirectory
    private let material: RunMaterial
    private let kept: [KeptState]
    /// What cannot be compared, in words.
    private var notes: [String] = []

    /// Reads config, data and checkpoints.
    /// - Parameter threads: nil for those of the config.
    init(_ directory: RunDirectory, threads: Int?) throws {
        self.directory = directory
        let plan = try ConfigFile.plan(directory.config, changes: threads.map { ["threads=\($0)"] } ?? [])
        material = try RunMaterial(plan: plan, weights: nil, runDirectory: nil, warnings: [])
        let files = directory.states
        var all: [KeptState] = []
        for entry in files.entries {
            let path = files.path(entry)
            do {
                all.append(try KeptState(bytes: FileBytes.read(path), path: path))
            } catch { notes.append("passed over: \(error)") }
        }
        guard let newest = all.first else {
            throw UsageError(
                "\(directory.path): no sound checkpoint to compare with" + (notes.first.map { " (\($0))" } ?? ""))
        }
        // Newest first; those of lines that were left are none on the way.
        kept = all.filter { newest.course.passed($0.position, $0.course) }.reversed()
        let left = all.count - kept.count
        if left > 0 { notes.append("\(left) of lines that the run left by going back are not compared") }
    }

    /// Trains and compares; the exit code.
    func run() throws -> Int32 {
        say(material.description.warnings)
        guard let last = kept.last else { preconditionFailure("the newest checkpoint is on its own way") }
        let deeds = last.course.trail.count
        print(
            "\(OneLine.of(material.description.name)): \(Figure.count(last.position.step)) steps with "
                + "\(Figure.count(deeds)) command\(deeds == 1 ? "" : "s") on the way, "
                + "\(Figure.count(kept.count)) checkpoint\(kept.count == 1 ? "" : "s") to compare")
        notes.forEach { print($0) }
        sayKernel()
        let state = TrainingState(material)
        if let first = kept.first, first.position.step == 0, let name = first.firstDifference(from: state) {
            // Weights of elsewhere: what they were stands in the first checkpoint alone.
            print("step 0  begins with other weights than the config's (\(name)): goes on with those of the checkpoint")
            try state.stand(at: FileBytes.read(first.path), path: first.path)
        }
        var done = 0
        for checkpoint in kept {
            var replay = Replay(
                material, state: state, deeds: Array(checkpoint.course.trail[done...]), isPast: true)
            defer { replay.finish() }
            guard replay.advance(to: checkpoint.position.step, while: { _ in Interruption.count == 0 }) else {
                return 128 + (Interruption.signal ?? SIGINT)
            }
            replay.takeDeeds()
            done = checkpoint.course.trail.count
            let step = "step \(Figure.count(checkpoint.position.step))"
            if let name = checkpoint.firstDifference(from: state) {
                print("\(step)  differs: \(name) is the first tensor with other bits")
                return ExitCode.failed
            }
            print("\(step)  identical")
        }
        return ExitCode.done
    }

    /// Says where the bits may differ because the kernels do.
    private func sayKernel() {
        guard let then = directory.kernel, then != material.description.origin.blasKernel else { return }
        print(
            "the run was trained with \(then) kernels, this machine has \(material.description.origin.blasKernel): their bits "
                + "differ; SITTER_BLAS_KERNEL=\(then) asks for them")
    }
}
