import Fields
import Files
import Runs
import Tensors

/// Reads arrays that NumPy saved: one of inputs, one of targets. Numbers are taken as they are.
///
/// The first axis counts the examples. Targets that are whole numbers are classes, others numbers to predict.
package enum NPYReader {
    /// Reads two NPY files; inputs above the limit stay on the disk.
    package static func read(
        inputs: String, targets: String, classCount: Int? = nil, names: [String]? = nil,
        limit: MemoryLimit = .standard
    ) throws(DatasetError) -> Dataset {
        let file = try opening(inputs)
        let header = try header(of: file)
        let sources = try Dataset.Source.of([inputs, targets])
        let shape = try exampleShape(header, inputs)
        let answers = try array(targets, limit)
        if limit.holds(header.count) {
            let array = try NPYArray(bytes(of: file), place: inputs)
            return try assemble(
                inputs, .memory(array.numbers()), shape, count: header.extents[0], answers, classCount, names, sources)
        }
        if header.isFortranOrder, header.extents.count > 1 {
            try limit.check(
                header.count, of: inputs,
                reason: "an array in Fortran order cannot be read batch by batch (numpy.ascontiguousarray)")
        }
        let records = FileRecords(
            [.init(file: file, offset: header.length, count: header.extents[0])],
            stride: shape.count * header.format.size, length: shape.count, format: header.format)
        let dataset = try assemble(
            inputs, .files(records, places: nil), shape, count: header.extents[0], answers, classCount, names, sources)
        try checkFinite(dataset)
        return dataset
    }

    /// Reads two members of an NPZ archive.
    package static func read(
        archive path: String, inputs: String, targets: String, classCount: Int? = nil, names: [String]? = nil,
        limit: MemoryLimit = .standard
    ) throws(DatasetError) -> Dataset {
        let archive = try ZipArchive(path)
        let array = try member(inputs, of: archive, limit)
        try limit.check(array.header.count, of: array.place, reason: "an archive cannot be read batch by batch")
        let answers = try member(targets, of: archive, limit)
        try limit.check(answers.header.count, of: answers.place, reason: "targets are always kept in memory")
        let shape = try exampleShape(array.header, array.place)
        return try assemble(
            path, .memory(array.numbers()), shape, count: array.header.extents[0], answers, classCount, names,
            Dataset.Source.of([path]))
    }

    private static func assemble(
        _ name: String, _ storage: Dataset.Storage, _ shape: Shape, count: Int, _ answers: NPYArray,
        _ classCount: Int?, _ names: [String]?, _ sources: [Dataset.Source]
    ) throws(DatasetError) -> Dataset {
        guard answers.header.extents[0] == count else {
            throw DatasetError(
                answers.place,
                "\(answers.header.extents[0]) targets for the \(count) examples of \(name); as many are due")
        }
        guard answers.header.format.isWhole else {
            let extents = Array(answers.header.extents.dropFirst())
            let targets = Dataset.StoredTargets.values(try answers.numbers(), Shape(extents.isEmpty ? [1] : extents))
            return hinted(
                Dataset(name: name, storage: storage, storedShape: shape, targets: targets, sources: sources))
        }
        let classes = try answers.classes(count: classCount, names: names)
        let dataset = Dataset(
            name: name, storage: storage, storedShape: shape,
            targets: .classes(classes.classes, classCount: classes.count), classNames: classes.names, sources: sources)
        return hinted(dataset.warned(classes.warnings))
    }

    private static func hinted(_ dataset: Dataset) -> Dataset {
        dataset.warned(dataset.channelsLast("numpy.moveaxis(array, -1, 1) puts them first").map { [$0] } ?? [])
    }

    private static func exampleShape(_ header: NPYHeader, _ place: String) throws(DatasetError) -> Shape {
        guard header.extents.count <= 4 else {
            throw DatasetError(
                place,
                "has \(header.extents.count) axes; [examples, features], [examples, channels, length] and "
                    + "[examples, channels, height, width] are known")
        }
        return Shape(header.extents.count == 1 ? [1] : Array(header.extents.dropFirst()))
    }

    /// Numbers on the disk are looked through once, so that none surprises the training.
    private static func checkFinite(_ dataset: Dataset) throws(DatasetError) {
        let length = dataset.storedShape.count
        var wrong: (place: Int, value: Float)?
        var first = 0
        try dataset.forEachBlock { rows, count in
            if wrong == nil, let place = (0..<count * length).first(where: { !rows[$0].isFinite }) {
                wrong = (first * length + place, rows[place])
            }
            first += count
        }
        guard let wrong else { return }
        throw NPYArray.notFinite(
            wrong.value, example: wrong.place / length, number: wrong.place % length, dataset.name)
    }

    private static func array(_ path: String, _ limit: MemoryLimit) throws(DatasetError) -> NPYArray {
        let file = try opening(path)
        try limit.check(header(of: file).count, of: path, reason: "targets are always kept in memory")
        return try NPYArray(bytes(of: file), place: path)
    }

    private static func member(
        _ name: String, of archive: ZipArchive, _ limit: MemoryLimit
    ) throws(DatasetError) -> NPYArray {
        // Numbers of eight bytes become four.
        let most = limit.bytes.multipliedReportingOverflow(by: 2).partialValue
        let bytes = try archive.read("\(name).npy", limit: max(limit.bytes, most) + NPYHeader.longest)
        return try NPYArray(bytes, place: "\(archive.path): \(name).npy")
    }

    private static func opening(_ path: String) throws(DatasetError) -> RandomAccessFile {
        do throws(FileError) {
            return try RandomAccessFile(path)
        } catch { throw DatasetError(error) }
    }

    private static func header(of file: RandomAccessFile) throws(DatasetError) -> NPYHeader {
        let head = try file.bytes(0..<min(file.size, 12 + NPYHeader.longest))
        let header = try NPYHeader(head[...], file.path)
        try NPYArray.check(header, size: file.size, file.path)
        return header
    }

    private static func bytes(of file: RandomAccessFile) throws(DatasetError) -> [UInt8] {
        try file.bytes(0..<file.size)
    }
}

extension RandomAccessFile {
    /// A piece of the file; one that ends before is an error.
    func bytes(_ range: Range<Int>) throws(DatasetError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        let result: Result<Void, FileError> = bytes.withUnsafeMutableBytes { bytes in
            Result { () throws(FileError) in try read(bytes, at: range.lowerBound) }
        }
        if case .failure(let error) = result { throw DatasetError(error) }
        return bytes
    }
}

/// NumPy arrays, a file each.
package struct NPYFiles: DataSource {
    /// The array of examples, `[count, ...]`.
    package var inputs: String
    /// The array of what is to be predicted: `[count]` whole numbers are classes, floats are values.
    package var targets: String
    /// Set if and only if `validationTargets` is.
    package var validationInputs: String?
    /// The array of what is to be predicted of the validation examples.
    package var validationTargets: String?
    /// Number of classes; nil for one more than the largest label.
    package var classCount: Int?

    package init(
        inputs: String, targets: String, validationInputs: String? = nil, validationTargets: String? = nil,
        classCount: Int? = nil
    ) {
        self.inputs = inputs
        self.targets = targets
        self.validationInputs = validationInputs
        self.validationTargets = validationTargets
        self.classCount = classCount
    }

    package init() { self.init(inputs: "", targets: "") }

    package static let word = "npy"
    package static let meaning = "NumPy arrays, a file each"
    package static let example = "{ npy: { inputs: \"x.npy\", targets: \"y.npy\" } }"
    package static let needs: String? = "its files: { npy: { inputs: \"...\", targets: \"...\" } }"
    package static let fields: [Field<NPYFiles>] = [
        Field("inputs", \.inputs, .path, "the array of examples").required,
        Field("targets", \.targets, .path, "the array of what is to be predicted").required,
        Field("validationInputs", \.validationInputs, .optional(.path), "examples to validate on"),
        Field("validationTargets", \.validationTargets, .optional(.path), "what is to be predicted there"),
        Field("classes", \.classCount, .optional(.integer(2...Dataset.mostClasses)), "how many classes there are")
            .otherwise("one more than the largest label"),
    ]

    package func problem(of key: String, beside keys: [String]) -> String? {
        partner(of: key, in: ("validationInputs", "validationTargets"), beside: keys)
    }

    package var hasValidationFiles: Bool { validationInputs != nil }
    package static var filesToValidateOn: [String] { ["INPUTS", "TARGETS"] }

    package func validating(on files: [String]) -> NPYFiles? {
        guard files.count == 2 else { return nil }
        var copy = self
        copy.validationInputs = files[0]
        copy.validationTargets = files[1]
        return copy
    }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        try NPYReader.read(inputs: inputs, targets: targets, classCount: classCount, limit: limit)
    }

    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        guard let inputs = validationInputs, let targets = validationTargets else { return nil }
        return try NPYReader.read(
            inputs: inputs, targets: targets, classCount: training.classCount, names: training.classNames, limit: limit
        )
        .checked(like: training)
    }
}

/// NumPy arrays in an archive, by their names there.
package struct NPZFiles: DataSource {
    /// The archive (`.npz`).
    package var file: String
    /// The name of the array of examples, without `.npy`.
    package var inputs: String
    /// The name of the array of what is to be predicted.
    package var targets: String
    /// Where the validation arrays are: in an archive of their own or under other names.
    package var validation: Member?
    /// Number of classes; nil for one more than the largest label.
    package var classCount: Int?

    package init(
        file: String, inputs: String = "x", targets: String = "y", validation: Member? = nil, classCount: Int? = nil
    ) {
        self.file = file
        self.inputs = inputs
        self.targets = targets
        self.validation = validation
        self.classCount = classCount
    }

    package init() { self.init(file: "") }

    package static let word = "npz"
    package static let meaning = "NumPy arrays in an archive"
    package static let example = "{ npz: \"data.npz\" }"
    package static let needs: String? = "its files: { npz: { file: \"...\" } }"
    package static let fields: [Field<NPZFiles>] = [
        Field("file", \.file, .path, "the archive").required.main,
        Field("inputs", \.inputs, .text, "the name of the array of examples"),
        Field("targets", \.targets, .text, "the name of the array of what is to be predicted"),
        Field(
            "validationFile", .optional(.path), "an archive to validate on", get: { $0.validation?.file },
            set: { $0.set(\.file, $1) }),
        Field(
            "validationInputs", .optional(.text), "the name of the examples to validate on",
            get: { $0.validation?.inputs }, set: { $0.set(\.inputs, $1) }),
        Field(
            "validationTargets", .optional(.text), "the name of what is to be predicted there",
            get: { $0.validation?.targets }, set: { $0.set(\.targets, $1) }),
        Field("classes", \.classCount, .optional(.integer(2...Dataset.mostClasses)), "how many classes there are")
            .otherwise("one more than the largest label"),
    ]

    /// Arrays by their archive and their names there.
    package struct Member: Hashable, Sendable {
        /// The archive that holds both arrays.
        package var file: String
        /// The name of the array of examples.
        package var inputs: String
        /// The name of the array of what is to be predicted.
        package var targets: String

        package init(file: String, inputs: String, targets: String) {
            (self.file, self.inputs, self.targets) = (file, inputs, targets)
        }
    }

    /// What the config does not say of the validation arrays is as in training.
    private mutating func set(_ part: WritableKeyPath<Member, String>, _ value: String?) {
        guard let value else { return }
        var member = validation ?? Member(file: file, inputs: inputs, targets: targets)
        member[keyPath: part] = value
        validation = member
    }

    package func problem(of key: String, beside keys: [String]) -> String? {
        partner(of: key, in: ("validationInputs", "validationTargets"), beside: keys)
    }

    package var hasValidationFiles: Bool { validation != nil }
    package static var filesToValidateOn: [String] { ["FILE"] }

    package func validating(on files: [String]) -> NPZFiles? {
        guard files.count == 1 else { return nil }
        var copy = self
        copy.validation = Member(file: files[0], inputs: inputs, targets: targets)
        return copy
    }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        try NPYReader.read(archive: file, inputs: inputs, targets: targets, classCount: classCount, limit: limit)
    }

    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        guard let validation else { return nil }
        return try NPYReader.read(
            archive: validation.file, inputs: validation.inputs, targets: validation.targets,
            classCount: training.classCount, names: training.classNames, limit: limit
        ).checked(like: training)
    }
}
