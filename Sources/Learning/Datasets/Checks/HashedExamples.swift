import Files
import Runs
import Tensors

/// The examples of a set one by one, from memory or from the disk, as what tells them apart: in the room of one example.
struct HashedExamples {
    private let dataset: Dataset
    private let reader: ExampleReader
    private let row: FloatBuffer
    private let scratch: FloatBuffer

    init(_ dataset: Dataset) {
        self.dataset = dataset
        reader = ExampleReader(dataset)
        row = FloatBuffer(count: dataset.isStreamed ? dataset.storedShape.count : 0)
        scratch = FloatBuffer(count: (reader.scratchBytes + 3) / 4)
    }

    /// The numbers of an example as they are stored, until the next are asked for; nil where they cannot be read.
    mutating func numbers(of example: Int) -> UnsafePointer<Float>? {
        if case .memory(let inputs) = dataset.storage {
            return UnsafePointer(inputs.pointer + example * dataset.storedShape.count)
        }
        do throws(FileError) {
            try reader.read(example, into: row.pointer, scratch: UnsafeMutableRawPointer(scratch.pointer))
        } catch { return nil }
        return UnsafePointer(row.pointer)
    }

    /// A hash of an example's numbers; nil where they cannot be read.
    mutating func hash(of example: Int) -> UInt64? {
        numbers(of: example).map { Self.hash($0, dataset.storedShape.count) }
    }

    /// FNV-1a over words of 32 bits, then mixed (MurmurHash3's finalizer).
    private static func hash(_ numbers: UnsafePointer<Float>, _ count: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in 0..<count {
            hash = (hash ^ UInt64(numbers[index].bitPattern)) &* 0x100_0000_01B3
            hash ^= hash >> 29
        }
        hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return hash ^ hash >> 33
    }

    /// The examples in the order in which they lie in their files.
    var order: [Int] {
        guard case .files(_, let places?) = dataset.storage else { return Array(0..<dataset.count) }
        return (0..<dataset.count).sorted { places[$0] < places[$1] }
    }
}

extension Dataset {
    /// How many validation examples are learned from too; nil where there are none, or where the files cannot be read.
    ///
    /// Examples are compared by a hash of their numbers, wherever they lie: O(numbers of both sets), in memory for the hashes of
    /// the validation examples.
    /// - Parameter most: of a larger validation set so many are looked at, spread over it.
    package func sharedExamples(with training: Dataset, most: Int = 4 << 20) -> StartWarning? {
        guard storedShape == training.storedShape, count > 0 else { return nil }
        let progress = WorkProgress.current
        let isLong = isStreamed || training.isStreamed
        func tell(_ done: Int) {
            guard isLong, done % 4096 == 0 else { return }
            progress?.begin(
                "comparing validation with training", share: Double(done) / Double(looked + training.count))
        }
        let step = (count + most - 1) / most
        let looked = (count + step - 1) / step
        var examples = HashedExamples(self)
        var places: [UInt64] = []
        places.reserveCapacity(looked)
        for row in stride(from: 0, to: count, by: step) {
            guard let hash = examples.hash(of: row), progress?.isCancelled != true else { return nil }
            places.append(hash)
            tell(places.count)
        }
        let known = Set(places)
        var trained = HashedExamples(training)
        var shared: Set<UInt64> = []
        for (done, row) in trained.order.enumerated() {
            guard let hash = trained.hash(of: row), progress?.isCancelled != true else { return nil }
            if known.contains(hash) { shared.insert(hash) }
            tell(looked + done)
        }
        guard !shared.isEmpty else { return nil }
        let found = places.count { shared.contains($0) }
        let whole = looked == count ? "\(count) validation examples" : "\(looked) validation examples looked at"
        return StartWarning(
            "validation.shared",
            "\(name): \(found) of the \(whole) \(found == 1 ? "is" : "are") also in the training set, "
                + "number by number, so validation flatters")
    }
}
