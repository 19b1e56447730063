import Runs
import Tensors

/// An array as NumPy wrote it: its header, and its numbers as bytes.
struct NPYArray {
    let header: NPYHeader
    /// The file, or the archive and the member in it.
    let place: String
    private let bytes: [UInt8]

    /// Checks that the bytes are as many as the header says.
    init(_ bytes: [UInt8], place: String) throws(DatasetError) {
        header = try NPYHeader(bytes[...], place)
        try Self.check(header, size: bytes.count, place)
        self.bytes = bytes
        self.place = place
    }

    /// Whether a file of this size holds what its header announces, and examples at all.
    static func check(_ header: NPYHeader, size: Int, _ place: String) throws(DatasetError) {
        let (numbers, overflow) = header.count.multipliedReportingOverflow(by: header.format.size)
        guard !overflow, size - header.length == numbers else {
            throw DatasetError(
                place,
                "the shape (\(NPYHeader.words(header.extents))) and the header make \(header.length + numbers) bytes, but "
                    + "\(size) are there; write or copy it again")
        }
        guard let examples = header.extents.first else {
            throw DatasetError(place, "holds a single number; the first axis must count the examples")
        }
        guard header.count > 0, examples <= Int(Int32.max) else {
            throw DatasetError(
                place,
                "has the shape (\(NPYHeader.words(header.extents))); at least one number and at most 2^31-1 "
                    + "examples are due")
        }
    }

    /// All numbers in C order; one that is not finite is an error.
    func numbers() throws(DatasetError) -> FloatBuffer {
        let target = FloatBuffer(count: header.count)
        bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress! + header.length
            if header.isFortranOrder, header.extents.count > 1 {
                var places = FortranOrder(header.extents)
                let size = header.format.size
                for index in 0..<target.count {
                    header.format.decode(start + places.next() * size, count: 1, into: target.pointer + index)
                }
            } else {
                header.format.decode(start, count: target.count, into: target.pointer)
            }
        }
        let length = max(1, target.count / header.extents[0])
        if let wrong = target.values.firstIndex(where: { !$0.isFinite }) {
            throw Self.notFinite(target.pointer[wrong], example: wrong / length, number: wrong % length, place)
        }
        return target
    }

    static func notFinite(_ value: Float, example: Int, number: Int, _ place: String) -> DatasetError {
        DatasetError(
            place,
            "number \(number) of example \(example) is \(value.isNaN ? "NaN" : "infinite in single precision"); finite "
                + "numbers are due (numpy.nan_to_num, or leave the example out)")
    }

    /// Whole numbers as classes, one for each example.
    ///
    /// - Parameters:
    ///   - count: how many classes there are; nil for one more than the largest.
    ///   - names: the numbers that classes stand for, as the training set has them; nil where they are classes themselves.
    func classes(count: Int?, names: [String]?) throws(DatasetError) -> Classes {
        guard header.extents.dropFirst().allSatisfy({ $0 == 1 }) else {
            throw DatasetError(
                place,
                "whole numbers of shape (\(NPYHeader.words(header.extents))); "
                    + (isOneHot
                        ? "they are one-hot, and array.argmax(1) makes classes of them"
                        : "classes are one number an example, and numbers to predict are floats "
                            + "(array.astype(\"float32\"))"))
        }
        if let names { return try named(names) }
        if count == nil, let sparse = sparse {
            let classes = (0..<header.extents[0]).map { Int32(sparse.places[whole($0)] ?? 0) }
            return Classes(
                classes: classes, count: sparse.names.count, names: sparse.names, warnings: [sparse.warning(place)])
        }
        var classes: [Int32] = []
        classes.reserveCapacity(header.extents[0])
        let most = count ?? Dataset.mostClasses
        for index in 0..<header.extents[0] {
            let label = whole(index)
            guard label >= 0, label < most else {
                throw DatasetError(
                    place,
                    "number \(index) of \(header.extents[0]) is \(label); classes lie in 0...\(most - 1)"
                        + (count == nil ? " (numbers to predict are floats)" : ""))
            }
            classes.append(Int32(label))
        }
        return Classes(classes: classes, count: count ?? Int(classes.max() ?? 0) + 1)
    }

    /// Targets that are classes.
    struct Classes {
        var classes: [Int32]
        var count: Int
        /// The numbers that they stand for; nil where these are the classes.
        var names: [String]?
        var warnings: [StartWarning] = []
    }

    private func whole(_ index: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            header.format.decodeWhole(bytes.baseAddress! + header.length + index * header.format.size)
        }
    }

    /// Whether each row is one 1 among zeros.
    private var isOneHot: Bool {
        guard header.extents.count == 2, !header.isFortranOrder, header.extents[1] > 1 else { return false }
        let width = header.extents[1]
        return (0..<min(100, header.extents[0])).allSatisfy { row in
            let numbers = (0..<width).map { whole(row * width + $0) }
            return numbers.allSatisfy { $0 == 0 || $0 == 1 } && numbers.reduce(0, +) == 1
        }
    }

    /// The numbers as names, where they lie too far apart for classes.
    private var sparse: SparseLabels? {
        guard (0..<header.extents[0]).contains(where: { whole($0) >= 64 }) else { return nil }
        var numbers: Set<Int> = []
        for index in 0..<header.extents[0] {
            let number = whole(index)
            guard number >= 0 else { return nil }
            if numbers.insert(number).inserted, numbers.count > Dataset.mostClasses { return nil }
        }
        return SparseLabels(numbers)
    }

    private func named(_ names: [String]) throws(DatasetError) -> Classes {
        let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
        var classes: [Int32] = []
        classes.reserveCapacity(header.extents[0])
        for index in 0..<header.extents[0] {
            guard let label = places["\(whole(index))"] else {
                throw DatasetError(
                    place,
                    "number \(index) of \(header.extents[0]) is \(whole(index)), and no example of training has this label"
                )
            }
            classes.append(label)
        }
        return Classes(classes: classes, count: names.count, names: names)
    }

    /// Where each number in C order lies in Fortran's, whose first axis runs fastest.
    private struct FortranOrder {
        private let extents: [Int]
        private var strides: [Int] = []
        private var position: [Int]
        private var place = 0

        init(_ extents: [Int]) {
            self.extents = extents
            position = [Int](repeating: 0, count: extents.count)
            var stride = 1
            for extent in extents {
                strides.append(stride)
                stride *= extent
            }
        }

        mutating func next() -> Int {
            defer {
                var axis = extents.count - 1
                while axis >= 0 {
                    position[axis] += 1
                    place += strides[axis]
                    if position[axis] < extents[axis] { break }
                    place -= strides[axis] * extents[axis]
                    position[axis] = 0
                    axis -= 1
                }
            }
            return place
        }
    }
}

extension Dataset {
    /// More classes than that are numbers to predict, taken for classes.
    package static let mostClasses = 65_536
}
