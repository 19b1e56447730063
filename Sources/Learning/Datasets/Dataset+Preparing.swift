import Files
import Runs
import Tensors

extension Dataset {
    /// How many examples `forEachBlock` hands out at once.
    static let blockLength = 256

    /// The same examples, to be changed by these steps too when a batch is made.
    package func preparing(by steps: [FittedPreprocessing]) -> Dataset {
        steps.isEmpty
            ? self
            : Dataset(
                name: name, storage: storage, storedShape: storedShape, preparation: preparation + steps,
                targets: targets, classNames: classNames, sources: sources
            ).warned(warnings)
    }

    /// The same examples with their preparation done once and for all, where they are in memory.
    ///
    /// Numbers whose place stays are changed where they are, so the data set at hand may not be used any more.
    package func prepared(pool: WorkerPool) -> Dataset {
        guard !preparation.isEmpty, case .memory(let inputs) = storage else { return self }
        let pass = PreparationPass(preparation, inputShape: storedShape)
        let target = pass.isInPlace ? inputs : FloatBuffer(count: count * pass.outputLength)
        let pieces = KernelPieces(count, unit: PreparationPass.panel, costs: storedShape.count)
        let scratch = FloatBuffer(count: pieces.count * pass.scratchCount)
        pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            pass.apply(
                inputs.pointer + range.lowerBound * pass.inputLength, count: range.count,
                into: target.pointer + range.lowerBound * pass.outputLength,
                scratch: scratch.pointer + piece * pass.scratchCount)
        }
        return Dataset(
            name: name, storage: .memory(target), storedShape: inputShape, targets: targets, classNames: classNames,
            sources: sources
        ).warned(warnings)
    }

    /// The same examples with more to be said about them.
    func warned(_ more: [StartWarning]) -> Dataset {
        var copy = self
        copy.warnings += more
        return copy
    }

    /// Hands out all examples in order, as the preparation leaves them.
    func forEachBlock(_ body: (UnsafePointer<Float>, Int) -> Void) throws(DatasetError) {
        if preparation.isEmpty, case .memory(let inputs) = storage {
            for first in stride(from: 0, to: count, by: Self.blockLength) {
                body(inputs.pointer + first * storedShape.count, min(Self.blockLength, count - first))
            }
            return
        }
        let reader = ExampleReader(self)
        let pass = PreparationPass(preparation, inputShape: storedShape)
        let rows = FloatBuffer(count: Self.blockLength * pass.inputLength)
        let results = pass.isInPlace ? rows : FloatBuffer(count: Self.blockLength * pass.outputLength)
        let scratch = FloatBuffer(count: pass.scratchCount)
        let bytes = FloatBuffer(count: (reader.scratchBytes + 3) / 4)
        for first in stride(from: 0, to: count, by: Self.blockLength) {
            let length = min(Self.blockLength, count - first)
            for row in 0..<length {
                do throws(FileError) {
                    try reader.read(
                        first + row, into: rows.pointer + row * pass.inputLength,
                        scratch: UnsafeMutableRawPointer(bytes.pointer))
                } catch { throw DatasetError(error) }
            }
            pass.apply(rows.pointer, count: length, into: results.pointer, scratch: scratch.pointer)
            body(results.pointer, length)
        }
    }
}
