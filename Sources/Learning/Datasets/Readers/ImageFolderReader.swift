import Fields
import Files
import Foundation
import Machine
import Tensors

/// Reads PNG and JPEG pictures from a folder that has a folder for each class.
///
/// Classes are the folders' names in code point order, as in torchvision. Numbers are 0...1, red first, or one channel of
/// grey. What is hidden or ends neither in png nor in jpg or jpeg is left alone.
package struct ImageFolderReader: Sendable {
    /// The size pictures are stretched to; without it all must have one size.
    private let resized: Size?
    /// The size pictures must have; nil for that of the first.
    private let size: Size?
    private let isGrey: Bool
    private let limit: MemoryLimit

    /// Of a picture, in pixels.
    package struct Size: Hashable, Sendable, CustomStringConvertible {
        /// Rows, at least 1.
        package var height: Int
        /// Columns, at least 1.
        package var width: Int

        package init(height: Int, width: Int) { (self.height, self.width) = (height, width) }

        /// `32x48` is 32 high and 48 wide.
        package var description: String { "\(height)x\(width)" }
    }

    /// A reader of pictures of one size.
    /// - Parameters:
    ///   - resized: what pictures are stretched to; nil leaves them as they are.
    ///   - size: what they must have where they are not stretched; nil for that of the first.
    ///   - isGrey: whether colours become one channel.
    package init(
        resized: Size? = nil, size: Size? = nil, isGrey: Bool = false, limit: MemoryLimit = .standard
    ) {
        self.resized = resized
        self.size = size
        self.isGrey = isGrey
        self.limit = limit
    }

    /// Reads a folder.
    ///
    /// - Parameter training: The training set, whose classes and size a validation folder must have.
    package func read(_ folder: String, like training: Dataset? = nil) throws(DatasetError) -> Dataset {
        let (names, files) = try list(folder, known: training?.classNames)
        var manifest = ""
        var inputs: FloatBuffer?
        var due = resized ?? training.map { Size(height: $0.storedShape[1], width: $0.storedShape[2]) } ?? size
        let channels = isGrey ? 1 : 3
        var decoder = PictureDecoder()
        for (index, file) in files.enumerated() {
            let bytes = try Self.bytes(file.path)
            manifest += "\(Digest.sha256(of: bytes))  \(file.name)\n"
            let found = try decoder.size(of: bytes, file.path)
            if due == nil { due = found }
            guard let due else { break }
            guard resized != nil || found == due else {
                let model = training?.name ?? (size == nil ? files[0].path : nil)
                throw DatasetError(
                    file.path,
                    "is \(found) (height x width), and \(due) is due\(model.map { " as in \($0)" } ?? ""); resize: "
                        + "[\(due.height), \(due.width)] stretches all to one size")
            }
            let length = channels * due.height * due.width
            if inputs == nil {
                let (numbers, overflow) = length.multipliedReportingOverflow(by: files.count)
                try limit.check(
                    overflow ? .max : numbers, of: folder, reason: "pictures cannot be read batch by batch")
                inputs = FloatBuffer(count: numbers)
            }
            guard let inputs else { break }
            WorkProgress.current?.begin("reading \(folder)", share: Double(index) / Double(files.count))
            let target = PictureView(
                inputs.pointer + index * length, channels: channels, height: due.height, width: due.width)
            try decoder.decode(bytes, size: found, into: target, file.path)
        }
        guard let inputs, let due else { throw DatasetError(folder, "holds no pictures") }
        return Dataset(
            name: folder, inputs: inputs, inputShape: [channels, due.height, due.width],
            targets: .classes(files.map(\.label), classCount: names.count), classNames: names,
            sources: [.init(path: folder, sha256: Digest.sha256(of: Array(manifest.utf8)))])
    }

    private struct File {
        let path: String
        /// Class folder and name.
        let name: String
        let label: Int32
    }

    private func list(_ folder: String, known: [String]?) throws(DatasetError) -> ([String], [File]) {
        let entries = try Self.entries(folder)
        let found = entries.filter { Folder.exists("\(folder)/\($0)") }
        guard !found.isEmpty else {
            throw DatasetError(
                folder, "has no folders; one for each class is due, as in \(folder)/cat and \(folder)/dog")
        }
        let names = known ?? found
        var files: [File] = []
        for name in found {
            guard let label = names.firstIndex(of: name) else {
                throw DatasetError("\(folder)/\(name)", "training has no class of this name")
            }
            let pictures = try Self.entries("\(folder)/\(name)").filter { file in
                ["png", "jpg", "jpeg"].contains((file as NSString).pathExtension.lowercased())
            }
            guard !pictures.isEmpty else {
                throw DatasetError("\(folder)/\(name)", "holds no PNG or JPEG pictures; put some there or remove it")
            }
            files += pictures.map {
                File(path: "\(folder)/\(name)/\($0)", name: "\(name)/\($0)", label: Int32(label))
            }
        }
        return (names, files)
    }

    /// What a folder holds and is not hidden, in code point order.
    private static func entries(_ folder: String) throws(DatasetError) -> [String] {
        do {
            return try Folder.names(in: folder).filter { !$0.hasPrefix(".") }
                .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
        } catch {
            let what =
                Folder.exists(folder) ? "cannot be listed; check its permissions" : "no such folder; check the path"
            throw DatasetError(folder, what)
        }
    }

    private static func bytes(_ path: String) throws(DatasetError) -> [UInt8] {
        do throws(FileError) {
            return try FileBytes.read(path, limit: 256 << 20)
        } catch { throw DatasetError(error) }
    }
}

/// Folders with a folder of pictures for each class.
package struct ImageFolders: DataSource {
    /// The folder of the classes' folders.
    package var folder: String
    /// The folder to validate on, with folders of the same classes; nil where there is none.
    package var validationFolder: String?
    /// What pictures are stretched to; not beside a size.
    package var resized: ImageFolderReader.Size?
    /// What pictures must have; nil for that of the first.
    package var size: ImageFolderReader.Size?
    /// Whether colours become one channel.
    package var isGrey: Bool

    package init(
        folder: String, validationFolder: String? = nil, resized: ImageFolderReader.Size? = nil,
        size: ImageFolderReader.Size? = nil, isGrey: Bool = false
    ) {
        self.folder = folder
        self.validationFolder = validationFolder
        self.resized = resized
        self.size = size
        self.isGrey = isGrey
    }

    package init() { self.init(folder: "") }

    package static let word = "imageFolder"
    package static let meaning = "a folder of pictures (PNG, JPEG) for each class"
    package static let example = "{ imageFolder: \"pictures\" }"
    package static let needs: String? = "its files: { imageFolder: { folder: \"...\" } }"
    package static let fields: [Field<ImageFolders>] = [
        Field("folder", \.folder, .path, "the folder of the classes' folders").required.main,
        Field("validationFolder", \.validationFolder, .optional(.path), "a folder to validate on"),
        Field("resize", \.resized, .optional(extents), "what pictures are stretched to"),
        Field(
            "width", .optional(.integer(1...16_384)), "the width that pictures must have", get: { $0.size?.width },
            set: { $0.setSide(\.width, $1) }
        ).otherwise("the first picture's, or the height"),
        Field(
            "height", .optional(.integer(1...16_384)), "the height that pictures must have", get: { $0.size?.height },
            set: { $0.setSide(\.height, $1) }
        ).otherwise("the first picture's, or the width"),
        Field("grey", \.isGrey, .flag, "whether colours become one channel"),
    ]
    private static let extents: FieldType<ImageFolderReader.Size> = {
        let side = FieldType<Int>.integer(1...16_384)
        let both = FieldType<[Int]>.list(side).checked("[height, width] or one number for both, 1 to 16384") {
            $0.count == 2 ? nil : "[height, width] or one number for both is due"
        }
        return FieldType<ImageFolderReader.Size>(
            .either([both.form, side.form]),
            decode: { value in
                guard case .list = value else { return .init(height: side.decode(value), width: side.decode(value)) }
                return .init(height: both.decode(value)[0], width: both.decode(value)[1])
            }, encode: { both.encode([$0.height, $0.width]) })
    }()

    /// One side stands for both where the other is not given; the height is read after the width.
    private mutating func setSide(_ side: WritableKeyPath<ImageFolderReader.Size, Int>, _ value: Int?) {
        guard let value else { return }
        var size = size ?? ImageFolderReader.Size(height: value, width: value)
        size[keyPath: side] = value
        self.size = size
    }

    package func problem(of key: String, beside keys: [String]) -> String? {
        key == "resize" && size != nil ? "it sets the size; drop width and height" : nil
    }

    package var hasValidationFiles: Bool { validationFolder != nil }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        try reader(limit).read(folder)
    }

    package func validation(like training: Dataset, _ limit: MemoryLimit) throws(DatasetError) -> Dataset? {
        guard let folder = validationFolder else { return nil }
        return try reader(limit).read(folder, like: training)
    }

    private func reader(_ limit: MemoryLimit) -> ImageFolderReader {
        ImageFolderReader(resized: resized, size: size, isGrey: isGrey, limit: limit)
    }
}
