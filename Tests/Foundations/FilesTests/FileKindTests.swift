import Files
import Testing

/// Other files than the one that was meant are called by their kinds.
@Suite struct FileKindTests {
    private static func zip(_ member: String) -> [UInt8] {
        [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 22) + [UInt8(member.utf8.count), 0, 0, 0] + Array(member.utf8)
    }

    private static let begins: [(bytes: [UInt8], kind: FileKind?)] = [
        ([], .empty), (Array("<!DOCTYPE html><html>".utf8), .html), (Array("\n  <HTML lang=en>".utf8), .html),
        (Array("<!-- x --><html>".utf8), .html), (Array("<?xml version=\"1.0\"?>".utf8), .xml),
        (Array("version https://git-lfs.github.com/spec/v1\noid sha256:00\n".utf8), .lfsPointer),
        (Array("{\"a\": 1}".utf8), .json), (Array("[[1, 2]]".utf8), .json), (Array("x,y\n1,2\n".utf8), nil),
        ([0x1F, 0x8B, 8, 0], .gzip), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz),
        ([0x28, 0xB5, 0x2F, 0xFD], .zstd), ([0x93] + Array("NUMPY".utf8) + [1, 0], .npy), (zip("x.npy"), .npz),
        (zip("archive/data.pkl"), .torch), (zip("model/data.pkl"), .torch), (zip("[Content_Types].xml"), .spreadsheet),
        (zip("readme.txt"), .zip), ([0, 0, 8, 3, 0, 0, 0, 1], .idx),
        ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .hdf5), (Array("GGUF".utf8) + [3, 0, 0, 0], .gguf),
        ([0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E], .torch),
        ([0x80, 4, 0x95, 0], .pickle), ([8, 7, 0x12, 7] + Array("pytorch".utf8), .onnx),
        ([2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8), .safetensors),
        ([0x80, 2, 0, 0, 0, 0, 0, 0] + Array("{\"".utf8), .safetensors),
        ([0x80, 4, 0, 0, 0, 0, 0, 0] + Array("[1".utf8), nil),
        ([0x18, 0x80, 2, 0, 0, 0, 0, 0] + Array("{\"".utf8), .safetensors),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
        (Array("RIFF\u{1A}\0\0\0WEBPVP8 ".utf8), .webp), (Array("%PDF-1.7".utf8), .pdf),
        (Array("BM, the name".utf8), nil),
        ([UInt8](repeating: 0, count: 257) + Array("ustar".utf8), .tar),
    ]

    /// Marks that a text may begin with too.
    private static let letters: [(bytes: [UInt8], kind: FileKind?)] = [
        (Array("BZh91AY&SY\u{1}".utf8), .bzip2), (Array("PAR1\u{15}\0".utf8), .parquet),
        (Array("GIF89a\u{1}\0\u{1}\0\0\0\0".utf8), .gif), (Array("Rar!\u{1A}\u{7}\0".utf8), .rar),
        (Array("FEA1\0\0\0\0".utf8), .feather), (Array("ARROW1\0\0".utf8), .arrow),
        (Array("\u{1C}\0\0\0TFL3".utf8), .tflite), (Array("lmgg\u{1}\0\0\0".utf8), .ggml),
        ([0x52, 0x61, 0x72, 0x21, 0xE9], .rar), (Array("FEA1,y\n1,2\n".utf8), nil),
        (Array("PAR1;é\n1;2\n".utf8), nil), (Array("GGUF\t1\n".utf8), nil), (Array("row,TFL3\n".utf8), nil),
        // The end of the first bytes cuts a letter of two.
        (Array("BZh\(String(repeating: "é", count: 600))".utf8), nil),
    ]

    @Test(arguments: begins + letters) func `first bytes tell the kind`(bytes: [UInt8], kind: FileKind?) {
        #expect(FileKind.of(bytes) == kind)
    }

    @Test func `an event file is known by the check sum of its first length`() {
        let length: [UInt8] = [24, 0, 0, 0, 0, 0, 0, 0]
        let sum = CRC32C.masked(CRC32C.checksum(of: length))
        #expect(FileKind.of(length + withUnsafeBytes(of: sum.littleEndian, Array.init)) == .events)
        #expect(FileKind.of(length + withUnsafeBytes(of: (sum ^ 1).littleEndian, Array.init)) == nil)
    }

    @Test func `a mistake says what is there, what is due and what to do`() {
        #expect(
            FileKind.mistake(Array("<html>".utf8), due: "an IDX file")
                == "is a web page (HTML), and an IDX file is due; download the file itself")
        #expect(FileKind.mistake([], due: "an IDX file") == "is empty; an IDX file is due")
        #expect(FileKind.mistake(Array("1,2\n".utf8), due: "an IDX file") == nil)
        #expect(FileKind.mistake([0, 0, 8, 1], due: "an IDX file", own: [.idx]) == nil)
        for kind in FileKind.allCases { #expect(!kind.name.isEmpty && !kind.advice.isEmpty) }
    }
}
