import Glibc
import Machine
import TestSupport
import Testing

@Suite struct PathBytesTests {
    @Test(arguments: 0..<40 as Range<UInt64>) func `any bytes come back as they were`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        // Pieces of what looks nearly like UTF-8, and of what stands for stray bytes itself, beside plain noise.
        let pieces: [[UInt8]] = [
            [0xE9], [0xC3, 0xA9], [0xE2, 0x82], [0xF4, 0x8F, 0xBB, 0xA9], [0xF4, 0x8F, 0xBA, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xC0, 0xAF], [0x80], [0xFF], Array("a/b".utf8), Array("\u{301}".utf8),
        ]
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).flatMap { _ in
                Bool.random(using: &generator)
                    ? pieces.randomElement(using: &generator)! : [UInt8.random(in: 1...255, using: &generator)]
            }
            let text = String(pathBytes: bytes)
            #expect(text.pathBytes == bytes)
            text.withPathBytes { path in
                #expect(UnsafeBufferPointer(start: path, count: strlen(path)).map { UInt8(bitPattern: $0) } == bytes)
                #expect(String(path: path).unicodeScalars.elementsEqual(text.unicodeScalars))
            }
            // JSON and logs hold it as text.
            #expect(String(decoding: Array(text.utf8), as: UTF8.self).pathBytes == bytes)
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `text that stands for no stray byte is left as it is`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let scalars = (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 1...0x10_FDFF, using: &generator))
            }
            let text = String(String.UnicodeScalarView(scalars))
            #expect(String(pathBytes: text.utf8).unicodeScalars.elementsEqual(scalars))
            #expect(text.pathBytes == Array(text.utf8) && text.showingStrayBytes == text)
        }
    }

    @Test func `people see a stray byte by its number`() {
        #expect(String(pathBytes: Array("caf".utf8) + [0xE9, 0x2F, 0xFF]).showingStrayBytes == "caf\\xe9/\\xff")
        #expect(String(pathBytes: "café".utf8).showingStrayBytes == "café")
        // A name that has the scalar itself is another name than the byte that the scalar stands for.
        #expect(String(pathBytes: "\u{10FEE9}".utf8).showingStrayBytes == "\\xf4\\x8f\\xbb\\xa9")
        #expect(String(pathBytes: "\u{10FEE9}".utf8) != String(pathBytes: [0xE9]))
    }

    @Test func `a folder of such a name is made, listed and found`() throws {
        let folder = ScratchFolder()
        let name = String(pathBytes: [0xE9, 0x41, 0xFF])
        try Folder.make(folder / name)
        #expect(try Folder.names(in: folder.path) == [name])
        #expect(Folder.exists(folder / name) && FileStatus(folder / name)?.isFolder == true)
        #expect(throws: SystemError(code: EEXIST)) { try Folder.make(folder / name) }
        #expect((folder / name).withPathBytes { rmdir($0) } == 0)
    }

    @Test(arguments: [
        ("a/b", "a", "b"), ("b", "", "b"), ("/b", "/", "b"), ("a//b/", "a", "b"), ("a/\u{301}x", "a", "\u{301}x"),
        ("/", "/", "/"),
    ])
    func `a path has a folder and a last part`(path: String, folder: String, last: String) {
        #expect(path.folder == folder && path.lastPathPart == last)
    }

    @Test func `a standardized path begins at the root and has no dots`() {
        #expect("/a/./b/../c//d/".standardizedPath == "/a/c/d" && "/../a".standardizedPath == "/a")
        #expect("x/../y".standardizedPath == "\(Folder.current)/y")
    }
}
