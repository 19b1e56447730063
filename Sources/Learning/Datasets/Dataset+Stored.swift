import Files
import Tensors

extension Dataset {
    /// The same examples as they are stored, with these steps still to be done in place of their own.
    package func preparing(onlyBy steps: [FittedPreprocessing]) -> Dataset {
        Dataset(
            name: name, storage: storage, storedShape: storedShape, preparation: steps, targets: targets,
            classNames: classNames, sources: sources
        ).carrying(self)
    }

    /// A set without examples that other files can be read like: its kind of targets, its classes, its columns.
    /// - Parameter storedShape: that of its examples before anything was done to them.
    package func emptied(storedShape: Shape) -> Dataset {
        let none: StoredTargets =
            switch targets {
            case .classes(_, let classCount): .classes([], classCount: classCount)
            case .values(_, let shape): .values(FloatBuffer(count: 0), shape)
            }
        return Dataset(
            name: name, inputs: FloatBuffer(count: 0), inputShape: storedShape, targets: none, classNames: classNames,
            sources: sources
        ).carrying(self)
    }

    /// The numbers of one example as they are stored; NaN where its file cannot be read.
    package func stored(_ example: Int) -> [Float] {
        let reader = ExampleReader(self)
        let (target, bytes) = (FloatBuffer(count: storedShape.count), FloatBuffer(count: (reader.scratchBytes + 3) / 4))
        do throws(FileError) {
            try reader.read(example, into: target.pointer, scratch: UnsafeMutableRawPointer(bytes.pointer))
        } catch { target.fill(.nan) }
        return target.array
    }
}
