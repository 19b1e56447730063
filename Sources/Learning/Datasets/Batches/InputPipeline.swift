import Files
import Tensors

/// From stored examples to the batch that the network sees: fetch, change at random, mix, preprocess.
///
/// An example comes out with the same bits on any number of threads, from memory and from the disk, and in whatever
/// batch it is (but for mixup, which is about the batch). Allocates nothing after its making.
package final class InputPipeline {
    /// What is done to the stored examples.
    package enum Treatment: Hashable, Sendable {
        /// Nothing but the preprocessing.
        case plain
        /// The augmentation of this epoch, counted from 0.
        case training(seed: UInt64, epoch: Int)
        /// A fixed view.
        case variant(PictureVariant)
    }

    /// What the batches are taken from.
    package let dataset: Dataset
    private let reader: ExampleReader
    private let pass: PreparationPass
    /// What is done to each example.
    private let steps: [any AugmentationStep]
    private let mixupAlpha: Double?
    private let capacity: Int
    private let pool: WorkerPool
    private let fetched: FloatBuffer
    private let mixed: FloatBuffer
    /// For each piece of work: room for one example, for the preparation, for bytes.
    private let scratch: FloatBuffer
    private let scratchCount: Int
    private let failures: UnsafeMutableBufferPointer<DatasetError?>

    /// The row each row of the last batch was mixed with, and the share it kept itself; itself and 1 without mixup.
    package let partners: UnsafeMutableBufferPointer<Int32>
    /// The share that each row of the last batch kept of itself, 0...1; the rest is its partner's.
    package let shares: UnsafeMutableBufferPointer<Float>
    /// Whether rows of training batches are mixed.
    package var mixes: Bool { mixupAlpha != nil }

    /// - Parameter capacity: The largest batch.
    package init(_ dataset: Dataset, augmentation: [Augmentation] = [], capacity: Int, pool: WorkerPool) {
        self.dataset = dataset
        steps = augmentation.map(\.step)
        self.capacity = capacity
        self.pool = pool
        reader = ExampleReader(dataset)
        pass = PreparationPass(dataset.preparation, inputShape: dataset.storedShape)
        mixupAlpha = augmentation.lazy.compactMap { if case .mixup(let step) = $0 { step.alpha } else { nil } }.first
        let length = dataset.storedShape.count
        fetched = FloatBuffer(count: mixupAlpha != nil || !pass.isInPlace ? capacity * length : 0)
        mixed = FloatBuffer(count: mixupAlpha != nil && !pass.isInPlace ? capacity * length : 0)
        scratchCount = (length + pass.scratchCount + (reader.scratchBytes + 3) / 4 + 15) / 16 * 16
        scratch = FloatBuffer(count: KernelPieces.most * scratchCount)
        failures = .allocate(capacity: KernelPieces.most)
        failures.initialize(repeating: nil)
        partners = .allocate(capacity: capacity)
        partners.initialize(repeating: 0)
        shares = .allocate(capacity: capacity)
        shares.initialize(repeating: 1)
    }

    deinit {
        failures.deinitialize()
        failures.deallocate()
        partners.deallocate()
        shares.deallocate()
    }

    /// Makes the inputs of a batch, `indices.count` x `inputShape.count` numbers.
    ///
    /// - Returns: What went wrong with reading a file, whose rows are not numbers then; nil mostly.
    package func load(
        _ indices: UnsafeBufferPointer<Int32>, _ treatment: Treatment, into target: UnsafeMutablePointer<Float>
    ) -> DatasetError? {
        precondition(indices.count <= capacity, "a batch of \(indices.count) does not fit into \(capacity)")
        let isMixed = if case .training = treatment { mixes } else { false }
        let length = dataset.storedShape.count
        let pieces = KernelPieces(
            indices.count, unit: pass.isInPlace ? 1 : PreparationPass.panel,
            costs: steps.isEmpty && pass.isInPlace ? length : 8 * length)
        let first = isMixed || !pass.isInPlace ? fetched.pointer : target
        pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            let room = scratch.pointer + piece * scratchCount
            fetch(indices, range, treatment, into: first, piece: piece, room: room)
            if !isMixed { prepare(first, range, into: target, room: room) }
        }
        if isMixed, case .training(let seed, let epoch) = treatment {
            drawPartners(indices, seed: seed, epoch: epoch)
            let second = pass.isInPlace ? target : mixed.pointer
            pool.run(pieces: pieces.count) { piece in
                let range = pieces.range(piece)
                mix(range, from: first, into: second)
                prepare(second, range, into: target, room: scratch.pointer + piece * scratchCount)
            }
        }
        return takeFailure(pieces.count)
    }

    private func fetch(
        _ indices: UnsafeBufferPointer<Int32>, _ range: Range<Int>, _ treatment: Treatment,
        into rows: UnsafeMutablePointer<Float>, piece: Int, room: UnsafeMutablePointer<Float>
    ) {
        let shape = dataset.storedShape
        let length = shape.count
        let bytes = UnsafeMutableRawPointer(room + length + pass.scratchCount)
        for row in range {
            let pixels = rows + row * length
            let example = Int(indices[row])
            do throws(FileError) {
                try reader.read(example, into: pixels, scratch: bytes)
            } catch {
                if failures[piece] == nil { failures[piece] = DatasetError(error) }
                pixels.update(repeating: .nan, count: length)
                continue
            }
            switch treatment {
            case .plain: break
            case .variant(let variant): variant.apply(to: pixels, shape: shape, scratch: room)
            case .training(let seed, let epoch):
                guard !steps.isEmpty else { break }
                var random = Philox(seed: seed, purpose: .augmentation).stream(Self.stream(epoch, example))
                for step in steps { step.apply(to: pixels, shape: shape, random: &random, scratch: room) }
            }
        }
    }

    private func prepare(
        _ rows: UnsafeMutablePointer<Float>, _ range: Range<Int>, into target: UnsafeMutablePointer<Float>,
        room: UnsafeMutablePointer<Float>
    ) {
        pass.apply(
            rows + range.lowerBound * pass.inputLength, count: range.count,
            into: target + range.lowerBound * pass.outputLength, scratch: room + pass.inputLength)
    }

    /// The sub-stream of an example in an epoch.
    private static func stream(_ epoch: Int, _ example: Int) -> UInt64 {
        UInt64(truncatingIfNeeded: epoch) << 32 | UInt64(truncatingIfNeeded: example)
    }

    private func drawPartners(_ indices: UnsafeBufferPointer<Int32>, seed: UInt64, epoch: Int) {
        guard let mixupAlpha else { return }
        for row in indices.indices {
            var random = Philox(seed: seed, purpose: .mixup).stream(Self.stream(epoch, Int(indices[row])))
            partners[row] = Int32(random.integer(below: indices.count))
            shares[row] = Float(random.beta(mixupAlpha))
        }
    }

    private func mix(
        _ range: Range<Int>, from rows: UnsafeMutablePointer<Float>, into target: UnsafeMutablePointer<Float>
    ) {
        let length = dataset.storedShape.count
        for row in range {
            let (own, other, result) = (rows + row * length, rows + Int(partners[row]) * length, target + row * length)
            let share = shares[row]
            for place in 0..<length { result[place] = share * own[place] + (1 - share) * other[place] }
        }
    }

    private func takeFailure(_ pieces: Int) -> DatasetError? {
        var failure: DatasetError?
        for piece in 0..<pieces {
            failure = failure ?? failures[piece]
            failures[piece] = nil
        }
        return failure
    }
}
