import Files
import PlanFixtures
import Plans
import Runs
import TestSupport
import Testing
import Training

/// Writing the whole state elsewhere: it is that of the step, and no file is written over.
@Suite struct SaveTests {
    private let scratch = ScratchFolder()

    @Test func `the file is a state from which the run could go on`() throws {
        let path = scratch / "state.safetensors"
        let run = try Run.finish(Config.blobs, script: [(22, .save(path)), (40, .save(path))])
        let notes = run.reports.compactMap { if case .note(.disk, let text, _) = $0 { text } else { nil } }
        // The second finds the first one's file, at once or when it is written.
        #expect(notes.first == "state of step 22 written to \(path)")
        #expect(!notes.contains { $0.hasPrefix("state of step 40") })
        let material = try RunMaterial(plan: Config.plan(Config.blobs, []))
        defer { material.pool.close() }
        let state = try TrainingState(material, bytes: FileBytes.read(path), path: path)
        #expect(state.position == Position(step: 22))
    }

    @Test func `what cannot be written is said, and the run goes on`() throws {
        let run = try Run.finish(Config.blobs, script: [(5, .save(scratch / "no/folder/state")), (6, .save(""))])
        let notes = run.reports.compactMap { if case .note(.disk, let text, _) = $0 { text } else { nil } }
        #expect(notes.count == 1 && notes[0].hasPrefix("state not written: "), "\(notes)")
        #expect(run.end.reason == .completed && run.receipts.last?.isAccepted == false)
    }
}
