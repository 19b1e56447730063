import Fields
import Files
import Tensors

/// Reads pictures and labels in the format of the MNIST pages, plain or gzip.
package enum IDXReader {
    /// Reads a file of pictures ([N, H, W] becomes 1xHxW, [N, C, H, W] and [N, F] stay) and one of labels.
    ///
    /// - Parameters:
    ///   - raw: Pixels are bytes as they are; otherwise bytes / 255.
    ///   - classCount: How many classes there are; nil is one more than the largest label.
    ///   - limit: Plain files above it stay on the disk, packed ones are refused.
    package static func read(
        images: String, labels: String, raw: Bool = false, classCount: Int? = nil, limit: MemoryLimit = .standard
    ) throws(DatasetError) -> Dataset {
        let extents = try IDXFile.extents(of: images, ranks: 2...4)
        let classes = try IDXFile(labels, ranks: 1...1)
        guard extents[0] == classes.extents[0] else {
            throw DatasetError(
                labels,
                "\(classes.extents[0]) labels for the \(extents[0]) pictures of \(images); "
                    + "the two files must belong together")
        }
        guard extents.reduce(1, *) > 0 else {
            throw DatasetError(images, "holds no pixels; at least one picture with at least one pixel is due")
        }
        let storage = try storage(images, extents, NumberFormat(raw ? .uint8 : .pixel), limit)
        let (values, count) = try checkedLabels(classes, classCount: classCount)
        var shape = Array(extents.dropFirst())
        if shape.count == 2 { shape.insert(1, at: 0) }
        return Dataset(
            name: images, storage: storage, storedShape: Shape(shape), targets: .classes(values, classCount: count),
            sources: try Dataset.Source.of([images, labels]))
    }

    private static func storage(
        _ path: String, _ extents: [Int], _ format: NumberFormat, _ limit: MemoryLimit
    ) throws(DatasetError) -> Dataset.Storage {
        let count = extents.reduce(1, *)
        guard limit.holds(count) else {
            if try isPacked(path) {
                try limit.check(count, of: path, reason: "a packed file cannot be read batch by batch (gunzip it)")
            }
            return .files(try IDXFile.records(path, extents: extents, format: format), places: nil)
        }
        let pictures = try IDXFile(path, ranks: 2...4)
        guard pictures.valueCount == count else { throw DatasetError(path, "changed while it was read") }
        let inputs = FloatBuffer(count: count)
        pictures.values.withUnsafeBytes { bytes in
            if let base = bytes.baseAddress { format.decode(base, count: count, into: inputs.pointer) }
        }
        return .memory(inputs)
    }

    private static func isPacked(_ path: String) throws(DatasetError) -> Bool {
        do throws(FileError) {
            return try GzipReader(path).isCompressed
        } catch { throw DatasetError(error) }
    }

    private static func checkedLabels(
        _ file: IDXFile, classCount: Int?
    ) throws(DatasetError) -> ([Int32], Int) {
        let labels = file.values.map(Int32.init)
        let count = classCount ?? Int(labels.max() ?? 0) + 1
        if let wrong = labels.firstIndex(where: { $0 >= count }) {
            throw DatasetError(
                file.path,
                "label \(wrong) of \(labels.count) is \(labels[wrong]); with \(count) classes labels lie in "
                    + "0...\(count - 1)")
        }
        return (labels, count)
    }
}

/// The files of an IDX data set.
package struct IDXFiles: DataSource {
    /// The file of pictures, gzipped or not.
    package var images: String
    /// The file of their labels, as many as there are pictures.
    package var labels: String
    /// Set if and only if `validationLabels` is.
    package var validationImages: String?
    /// The file of the validation pictures' labels.
    package var validationLabels: String?
    /// Bytes as they are, 0...255, in place of 0...1.
    package var raw: Bool
    /// Number of classes; nil for one more than the largest label.
    package var classCount: Int?

    package init(
        images: String, labels: String, validationImages: String? = nil, validationLabels: String? = nil,
        raw: Bool = false, classCount: Int? = nil
    ) {
        self.images = images
        self.labels = labels
        self.validationImages = validationImages
        self.validationLabels = validationLabels
        self.raw = raw
        self.classCount = classCount
    }

    package init() { self.init(images: "", labels: "") }

    package static let word = "idx"
    package static let meaning = "pictures and labels in the format of MNIST, also gzipped"
    package static let example = "{ idx: { images: \"images.gz\", labels: \"labels.gz\" } }"
    package static let needs: String? = "its files: { idx: { images: \"...\", labels: \"...\" } }"
    package static let fields: [Field<IDXFiles>] = [
        Field("images", \.images, .path, "the file of pictures").required,
        Field("labels", \.labels, .path, "the file of labels").required,
        Field("validationImages", \.validationImages, .optional(.path), "pictures to validate on"),
        Field("validationLabels", \.validationLabels, .optional(.path), "their labels"),
        Field("raw", \.raw, .flag, "whether bytes stay 0 to 255, in place of 0 to 1"),
        Field("classes", \.classCount, .optional(.integer(2...256)), "how many classes there are").otherwise(
            "one more than the largest label"),
    ]

    package func problem(of key: String, beside keys: [String]) -> String? {
        partner(of: key, in: ("validationImages", "validationLabels"), beside: keys)
    }

    package var hasValidationFiles: Bool { validationImages != nil }
    package static var filesToValidateOn: [String] { ["IMAGES", "LABELS"] }

    package func validating(on files: [String]) -> IDXFiles? {
        guard files.count == 2 else { return nil }
        var copy = self
        copy.validationImages = files[0]
        copy.validationLabels = files[1]
        return copy
    }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        try IDXReader.read(images: images, labels: labels, raw: raw, classCount: classCount, limit: limit)
    }

    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        guard let images = validationImages, let labels = validationLabels else { return nil }
        return try IDXReader.read(
            images: images, labels: labels, raw: raw, classCount: training.classCount, limit: limit)
    }
}
