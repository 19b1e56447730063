import Foundation
import Runs
import Tensors

/// A checkpoint's file as something to compare with: where it was taken, how the run came there, and its tensors.
package struct KeptState: Sendable {
    /// So many updates were finished.
    package let position: Position
    /// How the run came there.
    package let course: RunCourse
    private let file: SafetensorsFile
    /// The file that it was read from.
    package var path: String { file.path }

    /// Reads a checkpoint whose check sum is right.
    package init(bytes: [UInt8], path: String) throws(TrainingStateError) {
        do throws(SafetensorsError) {
            file = try SafetensorsFile(bytes: bytes, path: path)
        } catch { throw .tensors(error) }
        guard let record = file.metadata.first(where: { $0.key == CopiedState.recordKey }) else {
            throw .noState(path: path)
        }
        guard CopiedState.isWhole(bytes) else { throw .damaged(path: path) }
        guard let place = try? JSONDecoder().decode(Place.self, from: Data(record.value.utf8)) else {
            throw .unreadable(path: path, "it does not say how the run came there")
        }
        (position, course) = (place.position, place.course)
    }

    /// What of the record is needed here.
    private struct Place: Codable {
        let position: Position
        let course: RunCourse
    }

    /// The first tensor whose bits are others in a state, in the order of the state; nil where all are the same.
    package func firstDifference(from state: TrainingState) -> String? {
        state.copied(waiting: []).tensors.first { !holds($0) }?.name
    }

    private func holds(_ tensor: SafetensorsTensor) -> Bool {
        guard let entry = file[tensor.name], entry.shape == tensor.shape else { return false }
        switch tensor.values {
        case .floats(let numbers):
            guard let kept = file.floats(entry) else { return false }
            return kept.count == numbers.count && zip(kept, numbers).allSatisfy { $0.bitPattern == $1.bitPattern }
        case .integers(let numbers): return file.integers(entry) == numbers
        }
    }
}
