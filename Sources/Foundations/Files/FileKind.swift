/// What a file is by its first bytes, whatever it is called: for readers that were given another file than theirs.
package enum FileKind: Hashable, Sendable, CaseIterable {
    case empty, html, xml, json, lfsPointer
    case gzip, zip, bzip2, xz, zstd, sevenZip, rar, tar
    case npy, npz, idx, parquet, arrow, feather, hdf5, matlab, sqlite, spreadsheet, oldSpreadsheet
    case safetensors, torch, pickle, keras, gguf, ggml, onnx, tflite
    case png, jpeg, gif, bmp, tiff, webp, pdf
    case events, program

    /// Bytes of a file's begin that are enough to know its kind.
    package static let prefixLength = 1024

    /// The kind that the first bytes announce; nil for text and what else nobody marks.
    package static func of(_ bytes: some Collection<UInt8>) -> FileKind? {
        let head = Array(bytes.prefix(prefixLength))
        guard !head.isEmpty else { return .empty }
        // Before the marks of others, with any of which the length of its header may begin.
        if isSafetensors(head) { return .safetensors }
        for mark in marks where head.dropFirst(mark.offset).starts(with: mark.bytes) { return mark.kind }
        for mark in letters where head.dropFirst(mark.offset).starts(with: mark.text.utf8) && isBinary(head) {
            return mark.kind
        }
        return ofZip(head) ?? ofPickle(head) ?? ofNumbers(head) ?? ofText(head)
    }

    /// Says in one clause that the bytes are another kind of file than the reader's, and what to do; nil where no kind is known,
    /// or it is one of the reader's own.
    /// - Parameters:
    ///   - due: what the reader reads: `an IDX file`.
    ///   - own: kinds that it knows better.
    package static func mistake(_ bytes: some Collection<UInt8>, due: String, own: Set<FileKind> = []) -> String? {
        guard let kind = of(bytes), !own.contains(kind) else { return nil }
        if kind == .empty { return "is empty; \(due) is due" }
        return "is \(kind.name), and \(due) is due; \(kind.advice)"
    }

    private static let marks: [(kind: FileKind, offset: Int, bytes: [UInt8])] = [
        (.gzip, 0, [0x1F, 0x8B]), (.xz, 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]), (.zstd, 0, [0x28, 0xB5, 0x2F, 0xFD]),
        (.sevenZip, 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]), (.npy, 0, [0x93] + Array("NUMPY".utf8)),
        (.hdf5, 0, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]), (.matlab, 0, Array("MATLAB 5.0".utf8)),
        (.sqlite, 0, Array("SQLite format 3\0".utf8)),
        (.oldSpreadsheet, 0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        (.png, 0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), (.jpeg, 0, [0xFF, 0xD8, 0xFF]),
        (.tiff, 0, [0x49, 0x49, 0x2A, 0]), (.tiff, 0, [0x4D, 0x4D, 0, 0x2A]), (.pdf, 0, Array("%PDF-".utf8)),
        (.program, 0, [0x7F, 0x45, 0x4C, 0x46]),
    ]

    /// Marks that a text may begin with too, as a table does whose first column is called FEA1.
    private static let letters: [(kind: FileKind, offset: Int, text: String)] = [
        (.bzip2, 0, "BZh"), (.rar, 0, "Rar!"), (.tar, 257, "ustar"), (.parquet, 0, "PAR1"), (.arrow, 0, "ARROW1"),
        (.feather, 0, "FEA1"), (.gguf, 0, "GGUF"), (.ggml, 0, "lmgg"), (.ggml, 0, "tjgg"), (.tflite, 4, "TFL3"),
        (.gif, 0, "GIF8"),
    ]

    /// Whether first bytes are none of a text in UTF-8: one is a control character below the tab, or they are no letters.
    private static func isBinary(_ head: [UInt8]) -> Bool {
        if head.contains(where: { $0 < 0x09 }) { return true }
        var text = head[...]
        if head.count == prefixLength {
            // The last letter may be cut: at most three bytes go on with one.
            for _ in 0..<3 where (text.last ?? 0) & 0xC0 == 0x80 { text.removeLast() }
            if (text.last ?? 0) >= 0xC0 { text.removeLast() }
        }
        return String(validating: text, as: UTF8.self) == nil
    }

    /// A zip by the name of its first member.
    private static func ofZip(_ head: [UInt8]) -> FileKind? {
        guard head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) else { return nil }
        guard head.count > 30 else { return .zip }
        let length = Int(head[26]) | Int(head[27]) << 8
        let name = String(decoding: head.dropFirst(30).prefix(length), as: UTF8.self)
        if name.hasSuffix(".npy") { return .npz }
        if name.hasSuffix("/data.pkl") || name.hasSuffix("/.format_version") || name.hasSuffix("/byteorder") {
            return .torch
        }
        if ["[Content_Types].xml", "_rels/.rels", "mimetype"].contains(name) || name.hasPrefix("xl/") {
            return .spreadsheet
        }
        return ["metadata.json", "config.json"].contains(name) ? .keras : .zip
    }

    /// The length of a header in 8 bytes, and its brace.
    private static func isSafetensors(_ head: [UInt8]) -> Bool {
        guard head.count > 8, head[8] == UInt8(ascii: "{") else { return false }
        let length = head[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return (2...100_000_000).contains(length)
    }

    /// Python's pickles from protocol 2 on; torch.save once began with one that holds a number of its own.
    private static func ofPickle(_ head: [UInt8]) -> FileKind? {
        guard head.count > 3, head[0] == 0x80, (2...5).contains(head[1]) else { return nil }
        // A length of 640 or 1,408 in 8 bytes begins so too.
        guard head.count < 8 || head[3..<8].contains(where: { $0 != 0 }) else { return nil }
        return head.dropFirst(2).starts(with: [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19])
            ? .torch : .pickle
    }

    private static func ofNumbers(_ head: [UInt8]) -> FileKind? {
        if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).starts(with: Array("WEBP".utf8)) { return .webp }
        if head.count >= 4, head[0] == 0, head[1] == 0, [8, 9, 11, 12, 13, 14].contains(head[2]),
            (1...4).contains(head[3])
        {
            return .idx
        }
        // A bitmap's reserved bytes are 0, so that a text that begins with "BM" is none.
        if head.count >= 14, head.starts(with: Array("BM".utf8)), head[6..<10].allSatisfy({ $0 == 0 }) { return .bmp }
        // ModelProto { ir_version = 1, producer_name = 2 }
        if head.count > 6, head[0] == 8, (1...20).contains(head[1]), head[2] == 0x12, (1..<64).contains(head[3]),
            head.dropFirst(4).prefix(Int(head[3])).allSatisfy({ (0x20...0x7E).contains($0) })
        {
            return .onnx
        }
        if head.count >= 12 {
            let sum = head[..<8].withUnsafeBytes { CRC32C.masked(CRC32C.checksum(of: $0)) }
            let written = head[8..<12].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            if sum == written { return .events }
        }
        return nil
    }

    private static func ofText(_ head: [UInt8]) -> FileKind? {
        let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        let text = String(decoding: start.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }, as: UTF8.self).lowercased()
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") || text.contains("<html") && text.first == "<" {
            return .html
        }
        if text.hasPrefix("<?xml") { return .xml }
        if text.hasPrefix("version https://git-lfs") { return .lfsPointer }
        guard let first = text.first, first == "{" || first == "[" else { return nil }
        let next = text.dropFirst().first { !$0.isWhitespace }
        return next == "\"" || next == "{" || next == "}" || first == "[" && (next == "[" || next?.isNumber == true)
            ? .json : nil
    }
}

extension FileKind {
    /// What it is called, with its article.
    package var name: String { words.name }

    /// What to do with it where it is not what is due.
    package var advice: String { words.advice }

    private static let unpack = "unpack it first"
    private static let torchSaving =
        "save it with safetensors.torch.save_file(model.state_dict(), \"weights.safetensors\")"
    private static let table = "save the table as CSV"
    private static let picture = "pictures are read by imageFolder"

    private var words: (name: String, advice: String) {
        switch self {
        case .empty: ("an empty file", "write or download it again")
        case .html: ("a web page (HTML)", "download the file itself")
        case .xml: ("an XML document", "download the file itself")
        case .json: ("a JSON text", "is it the right file?")
        case .lfsPointer: ("a pointer of Git LFS", "git lfs pull fetches the file itself")
        case .gzip: ("packed with gzip", "gunzip it (what is packed is unpacked once at most)")
        case .zip: ("a ZIP archive", Self.unpack)
        case .bzip2: ("packed with bzip2", Self.unpack)
        case .xz: ("packed with xz", Self.unpack)
        case .zstd: ("packed with zstd", Self.unpack)
        case .sevenZip: ("a 7z archive", Self.unpack)
        case .rar: ("a RAR archive", Self.unpack)
        case .tar: ("a tar archive", "unpack it first (tar -xf)")
        case .npy: ("a NumPy array (NPY)", "arrays are read by npy: { inputs, targets }")
        case .npz: ("an archive of NumPy arrays (NPZ)", "archives are read by npz: { file }")
        case .idx: ("an IDX file, as of MNIST", "it is read by idx: { images, labels }")
        case .parquet: ("a Parquet table", Self.table)
        case .arrow: ("an Arrow table", Self.table)
        case .feather: ("a Feather table", Self.table)
        case .hdf5:
            ("an HDF5 file, as Keras writes them (.h5)", "save its arrays with numpy.save, weights as safetensors")
        case .matlab: ("a MATLAB file", "save its arrays with numpy.save")
        case .sqlite: ("an SQLite database", Self.table)
        case .spreadsheet: ("a spreadsheet or office document (.xlsx, .ods)", Self.table)
        case .oldSpreadsheet: ("an old office document (.xls, .doc)", Self.table)
        case .safetensors: ("a safetensors file", "weights are given by --weights")
        case .torch: ("a PyTorch file (a pickle, .pt or .pth)", Self.torchSaving)
        case .pickle: ("a Python pickle", "save arrays with numpy.save, weights as safetensors")
        case .keras: ("a Keras model (.keras)", "save its weights as safetensors")
        case .gguf: ("a GGUF file of llama.cpp", "take the model's safetensors file")
        case .ggml: ("a GGML file of llama.cpp", "take the model's safetensors file")
        case .onnx: ("an ONNX model", "save the weights of the model it was made from as safetensors")
        case .tflite: ("a TensorFlow Lite model", "save the weights of the model it was made from as safetensors")
        case .png: ("a PNG picture", Self.picture)
        case .jpeg: ("a JPEG picture", Self.picture)
        case .gif: ("a GIF picture", "convert it to PNG")
        case .bmp: ("a BMP picture", "convert it to PNG")
        case .tiff: ("a TIFF picture", "convert it to PNG")
        case .webp: ("a WebP picture", Self.picture)
        case .pdf: ("a PDF document", "download the data itself")
        case .events: ("an event file of TensorBoard", "runs to draw behind this one are given by --compare")
        case .program: ("a program (ELF)", "is it the right file?")
        }
    }
}
