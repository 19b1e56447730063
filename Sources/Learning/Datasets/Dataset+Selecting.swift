import Tensors

extension Dataset {
    /// The examples at these places in this order; copied, unless they stay on the disk.
    package func selecting(_ indices: [Int]) -> Dataset {
        let places = indices.map(Int32.init)
        return Dataset(
            name: name, storage: selectedStorage(places), storedShape: storedShape, preparation: preparation,
            targets: selectedTargets(places), classNames: classNames, sources: sources
        ).warned(warnings)
    }

    private func selectedStorage(_ places: [Int32]) -> Storage {
        switch storage {
        case .files(let records, let own):
            return .files(records, places: own.map { own in places.map { own[Int($0)] } } ?? places)
        case .memory(let inputs):
            return .memory(Self.rows(places, of: inputs, length: storedShape.count))
        }
    }

    private func selectedTargets(_ places: [Int32]) -> StoredTargets {
        switch targets {
        case .classes(let classes, let classCount):
            .classes(places.map { classes[Int($0)] }, classCount: classCount)
        case .values(let values, let shape): .values(Self.rows(places, of: values, length: shape.count), shape)
        }
    }

    private static func rows(_ places: [Int32], of source: FloatBuffer, length: Int) -> FloatBuffer {
        let chosen = FloatBuffer(count: places.count * length)
        for (row, place) in places.enumerated() {
            let start = Int(place) * length
            precondition(place >= 0 && start + length <= source.count, "there is no example \(place)")
            (chosen.pointer + row * length).update(from: source.pointer + start, count: length)
        }
        return chosen
    }
}
