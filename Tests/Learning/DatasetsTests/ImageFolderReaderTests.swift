import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct ImageFolderReaderTests {
    private let folder = ScratchFolder()

    private func put(_ name: String, _ bytes: [UInt8]) throws {
        try folder.write(name, bytes)
    }

    private func picture(_ name: String) throws -> Written.Picture {
        try #require(Written.pictures.first { $0.name == name })
    }

    private func message(_ reader: ImageFolderReader = ImageFolderReader()) -> String? {
        failure { () throws(DatasetError) in try reader.read(folder.path) }?
            .replacing("\(folder.path)/", with: "")
    }

    @Test(arguments: Written.pictures)
    func `pictures are read as pillow reads them`(picture: Written.Picture) throws {
        try put("class/picture.png", picture.bytes)
        let dataset = try ImageFolderReader().read(folder.path)
        #expect(dataset.inputShape == [3, picture.height, picture.width])
        let area = picture.height * picture.width
        // Another version of libjpeg may round another way by one.
        let slack = picture.name.lowercased().contains("jpeg") ? 1 : 0
        for channel in 0..<3 {
            for place in 0..<area {
                let level = Int((dataset.inputs.pointer[channel * area + place] * 255).rounded())
                #expect(abs(level - Int(picture.pixels[3 * place + channel])) <= slack)
            }
        }
    }

    @Test func `folders are classes in order`() throws {
        let bytes = try picture("rgb").bytes
        for name in ["dog/b.png", "dog/a.PNG", "cat/1.png", "dog/notes.txt", "dog/.hidden.png"] { try put(name, bytes) }
        let dataset = try ImageFolderReader().read(folder.path)
        #expect(dataset.classNames == ["cat", "dog"] && dataset.classes == [0, 1, 1])
    }

    /// (19595 red + 38470 green + 7471 blue + 32768) / 65536, Pillow's conversion to L.
    @Test func `grey is one channel`() throws {
        let picture = try picture("rgb")
        try put("class/picture.png", picture.bytes)
        let dataset = try ImageFolderReader(isGrey: true).read(folder.path)
        #expect(dataset.inputShape == [1, 5, 6])
        for place in 0..<30 {
            let (red, green, blue) = (
                picture.pixels[3 * place], picture.pixels[3 * place + 1], picture.pixels[3 * place + 2]
            )
            let level = (19_595 * Int(red) + 38_470 * Int(green) + 7_471 * Int(blue) + 0x8000) >> 16
            #expect(dataset.inputs.pointer[place] == Float(level) / 255)
        }
    }

    @Test func `one size is due unless they are stretched`() throws {
        try put("a/1.png", picture("rgb").bytes)
        try put("a/2.jpg", picture("jpeg").bytes)
        #expect(
            message()?.hasPrefix("a/2.jpg: is 8x16 (height x width), and 5x6 is due as in \(folder.path)/a/1.png")
                == true
                || message()?.contains(
                    "a/2.jpg: is 8x16 (height x width), and 5x6 is due as in a/1.png; resize: [5, 6]") == true
        )
        let dataset = try ImageFolderReader(resized: .init(height: 4, width: 3)).read(folder.path)
        #expect(dataset.inputShape == [3, 4, 3] && dataset.count == 2)
        #expect(dataset.inputs.array.allSatisfy { $0 >= 0 && $0 <= 1 })
    }

    @Test func `the size can be given`() throws {
        try put("a/1.png", picture("rgb").bytes)
        #expect(
            message(ImageFolderReader(size: .init(height: 5, width: 5)))
                == "a/1.png: is 5x6 (height x width), and 5x5 is due; resize: [5, 5] stretches all to one size")
    }

    @Test func `every defect is named`() throws {
        #expect(
            failure { () throws(DatasetError) in try ImageFolderReader().read("\(folder.path)/none") }
                == "\(folder.path)/none: no such folder; check the path")
        #expect(message()?.contains("has no folders; one for each class is due") == true)
        try put("a/readme.txt", [])
        #expect(message() == "a: holds no PNG, JPEG or WebP pictures (1 .txt); put some there or remove it")
        try put("a/1.png", Array("GIF89a".utf8) + [1, 0, 1, 0, 0, 0, 0])
        #expect(message() == "a/1.png: is a GIF picture, and a PNG, JPEG or WebP picture is due; convert it to PNG")
        try put("a/1.png", Array("a picture".utf8))
        #expect(message() == "a/1.png: no picture that can be read: it is neither PNG nor JPEG nor WebP")
        for name in ["rgb", "jpeg"] {
            try put("a/1.png", Array(picture(name).bytes.dropLast(40)))
            #expect(message() == "a/1.png: no picture that can be read: the data end too early")
        }
    }

    /// A header of 60,000x60,000 pixels before a few bytes.
    @Test func `a header is believed as far as the file warrants`() throws {
        var bytes = try picture("jpeg").bytes
        let frame = try #require(bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xC0]) })
        bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xEA, 0x60, 0xEA, 0x60])
        try put("a/1.jpg", bytes)
        #expect(message()?.hasSuffix("bytes cannot hold the 60000x60000 pixels that its header announces") == true)
    }

    @Test func `validation has the classes of training`() throws {
        try put("a/1.png", picture("rgb").bytes)
        try put("b/1.png", picture("rgb").bytes)
        let training = try ImageFolderReader().read(folder.path)
        try put("held/b/1.png", picture("rgb").bytes)
        #expect(try ImageFolderReader().read("\(folder.path)/held", like: training).classes == [1])
        try put("held/c/1.png", picture("rgb").bytes)
        #expect(
            failure { () throws(DatasetError) in try ImageFolderReader().read("\(folder.path)/held", like: training) }
                == "\(folder.path)/held/c: training has no class of this name")
    }
}
