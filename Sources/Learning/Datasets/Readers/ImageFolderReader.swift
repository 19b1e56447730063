import Fields
import Files
import Foundation
import Machine
import Runs
import Tensors

/// Reads PNG, JPEG and WebP pictures from a folder that has a folder for each class.
///
/// Classes are the folders' names in code point order, as in torchvision. Numbers are 0...1, red first, or one channel of
/// grey; 16 bits are rounded to 8, what is transparent is laid over black, and EXIF's orientation is followed. What is hidden
/// is left alone, and with a word what has another suffix, or the suffix `webp` and no picture's first bytes.
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
        var (names, files, warnings) = try list(folder, known: training?.classNames)
        var manifest = ""
        var inputs: FloatBuffer?
        var due = resized ?? training.map { Size(height: $0.storedShape[1], width: $0.storedShape[2]) } ?? size
        let channels = isGrey ? 1 : 3
        var decoder = PictureDecoder()
        var (turned, transparent) = (0, 0)
        for (index, file) in files.enumerated() {
            let bytes = try Self.bytes(file.path)
            manifest += "\(Digest.sha256(of: bytes))  \(file.name)\n"
            let header = try decoder.header(of: bytes, file.path)
            let found = header.size
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
            let findings = try decoder.decode(bytes, header, into: target, file.path)
            if findings.isTurned { turned += 1 }
            if findings.isTransparent { transparent += 1 }
        }
        guard let inputs, let due else { throw DatasetError(folder, "holds no pictures") }
        if turned > 0 {
            let what = turned == 1 ? "1 picture is" : "\(turned) pictures are"
            warnings.append(
                StartWarning(
                    "pictures.turned", .notice, "\(folder): \(what) turned or mirrored as the EXIF orientation says"))
        }
        if transparent > 0 {
            let what = transparent == 1 ? "1 picture is" : "\(transparent) pictures are"
            warnings.append(
                StartWarning(
                    "pictures.transparent", .notice, "\(folder): \(what) transparent in places, and laid over black"))
        }
        return Dataset(
            name: folder, inputs: inputs, inputShape: [channels, due.height, due.width],
            targets: .classes(files.map(\.label), classCount: names.count), classNames: names,
            sources: [.init(path: folder, sha256: Digest.sha256(of: Array(manifest.utf8)))]
        ).warned(warnings)
    }

    private struct File {
        let path: String
        /// Class folder and name.
        let name: String
        let label: Int32
    }

    private func list(
        _ folder: String, known: [String]?
    ) throws(DatasetError) -> ([String], [File], [StartWarning]) {
        let entries = try Self.entries(folder)
        let found = entries.filter { Folder.exists("\(folder)/\($0)") }
        guard !found.isEmpty else {
            throw DatasetError(
                folder, "has no folders; one for each class is due, as in \(folder)/cat and \(folder)/dog")
        }
        let names = known ?? found.map(\.showingStrayBytes)
        var files: [File] = []
        var left = LeftFiles()
        left.besideFolders = entries.count { Self.isPicture($0) && !found.contains($0) }
        for name in found {
            guard let label = Self.label(of: name.showingStrayBytes, in: names) else {
                throw DatasetError("\(folder)/\(name)", "training has no class of this name")
            }
            let pictures = try pictures(in: "\(folder)/\(name)", &left)
            files += pictures.map {
                File(path: "\(folder)/\(name)/\($0)", name: "\(name)/\($0)", label: Int32(label))
            }
        }
        return (names, files, left.warnings(folder))
    }

    /// The class of a name; two names that only look the same are two.
    private static func label(of name: String, in names: [String]) -> Int? {
        names.firstIndex { $0.utf8.elementsEqual(name.utf8) } ?? names.firstIndex(of: name)
    }

    /// The pictures of a class; what else is there is counted.
    private func pictures(in folder: String, _ left: inout LeftFiles) throws(DatasetError) -> [String] {
        let entries = try Self.entries(folder)
        var here = LeftFiles()
        var pictures: [String] = []
        for name in entries {
            if Folder.exists("\(folder)/\(name)") {
                here.folders.append(name)
            } else if Self.isPicture(name), Self.suffix(name) != "webp" || Self.holdsPicture("\(folder)/\(name)") {
                pictures.append(name)
            } else {
                here.take(Self.suffix(name), name)
            }
        }
        guard !pictures.isEmpty else {
            if !here.folders.isEmpty {
                let words = here.folders.prefix(3).joined(separator: ", ") + (here.folders.count > 3 ? ", ..." : "")
                throw DatasetError(
                    folder,
                    "holds no pictures but folders (\(words)); the folder of the classes' folders is due: is it this one?"
                )
            }
            let there = here.words.isEmpty ? "" : " (\(here.words))"
            throw DatasetError(
                folder, "holds no PNG, JPEG or WebP pictures\(there); put some there or remove it")
        }
        left.take(here)
        return pictures
    }

    private static func suffix(_ name: String) -> String { (name as NSString).pathExtension.lowercased() }

    /// Whether a file's suffix is one of a picture that is read; what it is says its content.
    private static func isPicture(_ name: String) -> Bool {
        ["png", "jpg", "jpeg", "jpe", "jfif", "webp"].contains(suffix(name))
    }

    /// Whether a file's first bytes announce a picture; true where nobody can read them, so that the error names it.
    private static func holdsPicture(_ path: String) -> Bool {
        guard let head = try? FileBytes.prefix(26, of: path) else { return true }
        guard PictureDecoder.isPicture(head), head.count == 26 else { return false }
        // A WebP says twice what it is: its frame begins with a code of its own (RFC 9649).
        return switch String(decoding: head[12..<16], as: UTF8.self) {
        case "VP8 ": head[23..<26] == [0x9D, 0x01, 0x2A]
        case "VP8L": head[20] == 0x2F
        default: true
        }
    }

    /// What a folder holds and is not hidden, in code point order.
    private static func entries(_ folder: String) throws(DatasetError) -> [String] {
        let names: [String]
        do {
            names = try Folder.names(in: folder)
        } catch {
            guard !Folder.exists(folder) else {
                throw DatasetError(folder, "cannot be listed; check its permissions")
            }
            guard let head = try? FileBytes.prefix(FileKind.prefixLength, of: folder) else {
                throw DatasetError(folder, "no such folder; check the path")
            }
            let due = "a folder with a folder of pictures for each class"
            throw DatasetError(folder, FileKind.mistake(head, due: due) ?? "is a file, and \(due) is due")
        }
        return names.filter { !$0.hasPrefix(".") }
            .sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
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
    package static let meaning = "a folder of pictures (PNG, JPEG, WebP) for each class"
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
    package static var filesToValidateOn: [String] { ["FOLDER"] }

    package func validating(on files: [String]) -> ImageFolders? {
        guard files.count == 1 else { return nil }
        var copy = self
        copy.validationFolder = files[0]
        return copy
    }

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
