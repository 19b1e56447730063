import Datasets
import Files
import Foundation
import Machine
import TestSupport
import Testing

/// Pictures as cameras, scanners and browsers leave them.
@Suite struct PictureFieldTests {
    private let folder = ScratchFolder()

    /// The levels 0...255 of the only picture: a row after the other, red, green and blue.
    private func levels(_ bytes: [UInt8], _ name: String = "a/1.png") throws -> (levels: [Int], dataset: Dataset) {
        try folder.write(name, bytes)
        let dataset = try ImageFolderReader().read(folder.path)
        let area = dataset.inputShape.count / 3
        let levels = (0..<area).flatMap { place in
            (0..<3).map { Int((dataset.inputs.pointer[$0 * area + place] * 255).rounded()) }
        }
        return (levels, dataset)
    }

    private func words(_ dataset: Dataset) -> [String] {
        dataset.warnings.map { $0.sentence.replacing("\(folder.path): ", with: "") }
    }

    private func refusal() -> String? {
        failure { () throws(DatasetError) in try ImageFolderReader().read(folder.path) }?
            .replacing("\(folder.path)/", with: "")
    }

    @Test(arguments: 1...8, [true, false]) func `a picture stands as EXIF says`(orientation: Int, isBigEndian: Bool)
        throws
    {
        let picture = try #require(Written.pictures.first { $0.name == "jpeg" })
        let (levels, dataset) = try levels(
            TinyPicture.turned(picture.bytes, UInt8(orientation), isBigEndian: isBigEndian), "a/1.jpg")
        let (height, width) = (picture.height, picture.width)
        let isOnSide = orientation >= 5
        #expect(dataset.inputShape == [3, isOnSide ? width : height, isOnSide ? height : width])
        // EXIF 2.3, tag 0x0112: where a pixel of the upright picture is stored.
        let (rows, columns) = isOnSide ? (width, height) : (height, width)
        for row in 0..<rows {
            for column in 0..<columns {
                let (y, x): (Int, Int) =
                    switch orientation {
                    case 1: (row, column)
                    case 2: (row, width - 1 - column)
                    case 3: (height - 1 - row, width - 1 - column)
                    case 4: (height - 1 - row, column)
                    case 5: (column, row)
                    case 6: (height - 1 - column, row)
                    case 7: (height - 1 - column, width - 1 - row)
                    default: (column, width - 1 - row)
                    }
                for channel in 0..<3 {
                    let due = Int(picture.pixels[3 * (y * width + x) + channel])
                    #expect(abs(levels[3 * (row * columns + column) + channel] - due) <= 1)
                }
            }
        }
        #expect(
            words(dataset) == (orientation == 1 ? [] : ["1 picture is turned or mirrored as the EXIF orientation says"])
        )
    }

    @Test func `PNG and WebP are turned too`() throws {
        for bytes in [Written.turnedPNG, Written.turnedWebP] {
            let (levels, dataset) = try levels(bytes)
            // Stored 5 wide and 4 high, red 50 x, green 60 y; a quarter to the right puts its left column on top.
            #expect(dataset.inputShape == [3, 5, 4])
            #expect(
                Array(levels[..<6]) == [0, 180, 0, 0, 120, 0] && Array(levels[(3 * 4)..<(3 * 4 + 2)]) == [50, 180])
        }
    }

    @Test func `EXIF after the pixels counts too`() throws {
        // Signature and IHDR take 33 bytes, the eXIf 38.
        let (head, exif, rest) = (Written.turnedPNG[..<33], Written.turnedPNG[33..<71], Written.turnedPNG[71...])
        #expect(Array(exif[37..<41]) == Array("eXIf".utf8))
        func late(_ chunk: [UInt8]) -> [UInt8] { Array(head + rest.dropLast(12)) + chunk + Array(rest.suffix(12)) }
        // Its width and height have been believed by then.
        try folder.write("a/1.png", late(Array(exif)))
        #expect(
            refusal() == "a/1.png: its EXIF says after the pixels that it lies on its side; write it upright")
        var tiff = Array(exif[41..<67])
        #expect(tiff[19] == 6)
        tiff[19] = 3
        let (levels, dataset) = try levels(late(TinyPicture.chunk("eXIf", tiff)))
        // Stored 5 wide and 4 high, red 50 x, green 60 y; upside down its last pixel comes first.
        #expect(dataset.inputShape == [3, 4, 5] && Array(levels[..<2]) == [200, 180])
        #expect(words(dataset) == ["1 picture is turned or mirrored as the EXIF orientation says"])
    }

    @Test func `a large WebP of one colour takes a few bytes`() throws {
        let dataset = try levels(Written.oneColourWebP).dataset
        #expect(dataset.inputShape == [3, 300, 300])
        for (channel, level) in [200, 100, 50].enumerated() {
            let pixels = dataset.inputs.array[channel * 90_000..<(channel + 1) * 90_000]
            #expect(pixels.allSatisfy { $0 == Float(level) / 255 })
        }
    }

    @Test func `WebP is read, whatever it is called`() throws {
        for name in ["a/1.webp", "a/1.jpg", "a/1.PNG"] {
            let scratch = ScratchFolder()
            try scratch.write(name, Written.webP)
            let dataset = try ImageFolderReader().read(scratch.path)
            #expect(dataset.inputShape == [3, 4, 5])
            for place in 0..<20 {
                let (x, y) = (place % 5, place / 5)
                let due = [50 * x, 60 * y, x * y * 13 % 256]
                for channel in 0..<3 {
                    #expect(dataset.inputs.pointer[channel * 20 + place] == Float(due[channel]) / 255)
                }
            }
        }
    }

    @Test func `what is transparent is laid over black`() throws {
        let (grey, dataset) = try levels(Written.transparentGrey)
        for place in 0..<20 {
            let due = (10 * place * (255 - 10 * place) + 127) / 255
            #expect(grey[3 * place] == due && grey[3 * place + 2] == due)
        }
        #expect(words(dataset) == ["1 picture is transparent in places, and laid over black"])
        let (web, _) = try levels(Written.transparentWebP)
        for x in 0..<5 { #expect(web[3 * (5 + x)] == (200 * 60 * x + 127) / 255) }
        // A channel of alpha that hides nothing is not worth a word.
        let opaque = TinyPicture.png(width: 2, height: 1, depth: 8, kind: 6, rows: [[1, 2, 3, 255, 4, 5, 6, 255]])
        let (levels, plain) = try levels(opaque)
        #expect(levels == [1, 2, 3, 4, 5, 6] && plain.warnings.isEmpty)
        // A hidden red is no red; a colour of the map may be transparent.
        let map = TinyPicture.chunk("PLTE", [255, 0, 0, 0, 255, 0]) + TinyPicture.chunk("tRNS", [0])
        let (mapped, _) = try self.levels(
            TinyPicture.png(width: 2, height: 1, depth: 8, kind: 3, rows: [[0, 1]], extra: map))
        #expect(mapped == [0, 0, 0, 0, 255, 0])
    }

    @Test func `sixteen bits are rounded to eight`() throws {
        let samples = [0x0000, 0x0080, 0x0081, 0x00FF, 0x10FF, 0x7FFF, 0x8000, 0xFEFF, 0xFFFF]
        let row = samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        let (levels, _) = try levels(TinyPicture.png(width: 9, height: 1, depth: 16, kind: 0, rows: [row]))
        #expect(stride(from: 0, to: 27, by: 3).map { levels[$0] } == samples.map { Int((Double($0) / 257).rounded()) })
        let (colour, _) = try self.levels(
            TinyPicture.png(width: 3, height: 1, depth: 16, kind: 2, rows: [row]))
        #expect(colour == samples.map { Int((Double($0) / 257).rounded()) })
    }

    @Test func `an interlaced picture is the same`() throws {
        // Adam7 of 2x2 pixels: (0, 0), then (0, 1) in pass 6, then the second row in pass 7.
        let bytes = TinyPicture.png(
            width: 2, height: 2, depth: 8, kind: 0, rows: [[10], [20], [30, 40]], interlaced: true)
        #expect(try levels(bytes).levels == [10, 20, 30, 40].flatMap { [$0, $0, $0] })
        let alpha = TinyPicture.png(
            width: 2, height: 2, depth: 8, kind: 4, rows: [[10, 255], [20, 0], [30, 255, 40, 255]], interlaced: true)
        #expect(try levels(alpha).levels == [10, 0, 30, 40].flatMap { [$0, $0, $0] })
    }

    @Test func `a picture for print is the light that its inks leave`() throws {
        let (levels, _) = try levels(Written.photographInCMYK, "a/1.jpg")
        for (level, due) in zip(levels, Written.photographInCMYKAsRGB) { #expect(abs(level - Int(due)) <= 1) }
        #expect(levels.count == Written.photographInCMYKAsRGB.count)
    }

    @Test func `a picture that was cut names its file`() throws {
        for bytes in [Written.webP, Written.turnedPNG] {
            try folder.write("a/1.png", Array(bytes.dropLast(16)))
            #expect(refusal()?.hasPrefix("a/1.png: no picture that can be read: ") == true)
        }
        try folder.write("a/1.png", "<html>404</html>")
        #expect(
            refusal()
                == "a/1.png: is a web page (HTML), and a PNG, JPEG or WebP picture is due; download the file itself")
    }

    @Test func `what is left alone is counted by its suffix`() throws {
        let bytes = Written.webP
        for name in ["a/1.png", "a/2.png", "b/1.jpeg", "b/1.JFIF"] { try folder.write(name, bytes) }
        for name in ["a/1.bmp", "a/2.bmp", "b/1.tiff", "b/notes", "a/Thumbs.db", "a/.DS_Store", "readme.md"] {
            try folder.write(name, "x")
        }
        // Nothing in it says that it is a picture.
        try folder.write("a/3.webp", "RIFF, WEBP and so on")
        try folder.write("a/4.webp", Array("RIFF\u{1A}\0\0\0WEBPVP8 ".utf8) + [UInt8](repeating: 0, count: 14))
        let dataset = try ImageFolderReader().read(folder.path)
        #expect(dataset.count == 4)
        #expect(words(dataset) == ["6 files left alone: 2 .webp, 2 .bmp, 1 .tiff, 1 without a suffix"])
        #expect(dataset.warnings.map(\.weight) == [.doubt])
        try folder.write("stray.png", bytes)
        try folder.write("a/deeper/1.png", bytes)
        #expect(
            words(try ImageFolderReader().read(folder.path)).dropFirst() == [
                "1 folder within the classes' folders left alone: deeper",
                "1 picture beside the classes' folders left alone",
            ])
    }

    @Test func `folders that are none, or empty, are refused with what is there`() throws {
        try folder.write("cat/1.png", Written.webP)
        try folder.write("dog/1.bmp", "BM")
        #expect(refusal() == "dog: holds no PNG, JPEG or WebP pictures (1 .bmp); put some there or remove it")
        try folder.write("train/cat/1.png", Written.webP)
        try FileManager.default.removeItem(atPath: folder / "dog")
        #expect(
            refusal()
                == "train: holds no pictures but folders (cat); the folder of the classes' folders is due: is it this one?"
        )
        let file = try folder.write("all.zip", "PK\u{3}\u{4}")
        #expect(
            failure { () throws(DatasetError) in try ImageFolderReader().read(file) }
                == "\(file): is a ZIP archive, and a folder with a folder of pictures for each class is due; unpack it first"
        )
    }

    @Test func `names that are no UTF-8 are names, a class's and a picture's`() throws {
        let (first, second) = (String(pathBytes: [0xE9]), String(pathBytes: [0xFC, 0xFF]))
        try Folder.make(folder / first)
        try AtomicFile.write(Written.webP, to: folder / "\(first)/\(second).png")
        try folder.write("tea/1.png", Written.webP)
        let dataset = try ImageFolderReader().read(folder.path)
        #expect(dataset.classNames == ["tea", "\\xe9"] && dataset.count == 2)
        // The system takes them away, Foundation does not know them.
        for path in ["\(first)/\(second).png", first] { #expect((folder / path).withPathBytes { remove($0) } == 0) }
    }
}
