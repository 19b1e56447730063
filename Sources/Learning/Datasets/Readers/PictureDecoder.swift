import CPictures
import Files
import Machine
import Tensors

/// Turns PNG, JPEG and WebP bytes, told apart by what they are, into numbers, in memory that is used again.
struct PictureDecoder {
    private var pixels: [UInt8] = []
    private var wide: FloatBuffer?
    private var scratch: FloatBuffer?

    /// Bytes of pixels that one byte of a PNG or JPEG can stand for at most; deflate reaches 1,032.
    ///
    /// A WebP of one colour has a few bytes whatever its size: its sides of 16,384 at most bound it, and the memory that is left.
    private static let mostPacked = 2048

    /// Pixels of so many bytes are asked for before they are taken.
    private static let large = 1 << 20

    /// What a picture's header says.
    struct Header {
        /// Its size as it is stored.
        let stored: ImageFolderReader.Size
        /// How it is to be turned, EXIF's number: 1 to 8, and 1 for upright.
        let orientation: Int

        /// Its size as it is looked at.
        var size: ImageFolderReader.Size {
            orientation < 5 ? stored : .init(height: stored.width, width: stored.height)
        }
    }

    /// What was found while a picture was decoded.
    struct Findings {
        /// Whether anything in it is transparent.
        let isTransparent: Bool
        /// Whether it was turned or mirrored.
        let isTurned: Bool
    }

    /// Whether the first 12 bytes of a file announce a picture that is read here.
    static func isPicture(_ head: [UInt8]) -> Bool {
        Int(picture_kind(head, head.count)) != Int(PICTURE_UNKNOWN)
    }

    /// What a picture's header says, as far as the file's length warrants it.
    func header(of bytes: [UInt8], _ place: String) throws(DatasetError) -> Header {
        var report = picture_report()
        let code = picture_size(bytes, bytes.count, &report)
        guard code == 0 else { throw Self.error(place, bytes, &report) }
        let (width, height) = (Int(report.width), Int(report.height))
        let isWebP = Int(picture_kind(bytes, bytes.count)) == Int(PICTURE_WEBP)
        guard width > 0, height > 0, isWebP || width * height * 3 <= Self.mostPacked * bytes.count else {
            throw DatasetError(
                place, "\(bytes.count) bytes cannot hold the \(height)x\(width) pixels that its header announces")
        }
        return Header(stored: .init(height: height, width: width), orientation: Int(report.orientation))
    }

    /// Decodes a picture with this header, upright, in the target's channels, stretched to its size where that differs.
    ///
    /// Ends the program with a line where there is no memory for its pixels.
    mutating func decode(
        _ bytes: [UInt8], _ header: Header, into target: PictureView, _ place: String
    ) throws(DatasetError) -> Findings {
        let (stored, size) = (header.stored, header.size)
        let area = size.height * size.width
        if pixels.count < 3 * area {
            // The libraries may hold red, green, blue and alpha beside it.
            if 7 * area >= Self.large { MemoryReserve.own.demand(7 * area, for: "the picture \(place)") }
            pixels = [UInt8](repeating: 0, count: 3 * area)
        }
        var report = picture_report()
        let code = picture_decode(bytes, bytes.count, Int32(stored.width), Int32(stored.height), &pixels, &report)
        guard code == 0 else { throw Self.error(place, bytes, &report) }
        // Only the whole file says it where it stands after the pixels.
        let header = Header(stored: stored, orientation: Int(report.orientation))
        guard header.size == size else {
            throw DatasetError(place, "its EXIF says after the pixels that it lies on its side; write it upright")
        }
        let findings = Findings(isTransparent: report.transparent != 0, isTurned: header.orientation > 1)
        guard size.height != target.height || size.width != target.width else {
            fill(target, header)
            return findings
        }
        let wide = Self.room(&wide, target.channels * area)
        let source = PictureView(
            wide.pointer, channels: target.channels, height: size.height, width: size.width)
        fill(source, header)
        target.resize(
            source, part: .init(top: 0, left: 0, height: size.height, width: size.width),
            scratch: Self.room(&scratch, target.channels * size.height * target.width).pointer)
        return findings
    }

    /// Spreads the decoded pixels over channels, as fractions of 255, each at its place in the upright picture.
    private func fill(_ target: PictureView, _ header: Header) {
        let area = target.area
        let (first, down, right) = Self.walk(header)
        pixels.withUnsafeBufferPointer { pixels in
            for row in 0..<target.height {
                for column in 0..<target.width {
                    let place = row * target.width + column
                    let stored = 3 * (first + row * down + column * right)
                    let (red, green, blue) = (pixels[stored], pixels[stored + 1], pixels[stored + 2])
                    if target.channels == 1 {
                        // Pillow's conversion to "L" (ITU-R 601-2).
                        let sum = 19_595 * Int(red) + 38_470 * Int(green) + 7_471 * Int(blue) + 0x8000
                        target.pixels[place] = Float(sum >> 16) / 255
                    } else {
                        target.pixels[place] = Float(red) / 255
                        target.pixels[area + place] = Float(green) / 255
                        target.pixels[2 * area + place] = Float(blue) / 255
                    }
                }
            }
        }
    }

    /// Where the upright picture's first pixel is stored, and how far its neighbours below and to the right are from it (EXIF 2.3,
    /// tag 0x0112).
    private static func walk(_ header: Header) -> (first: Int, down: Int, right: Int) {
        let (height, width) = (header.stored.height, header.stored.width)
        let (topRight, bottomLeft, last) = (width - 1, (height - 1) * width, height * width - 1)
        return switch header.orientation {
        case 2: (topRight, width, -1)
        case 3: (last, -width, -1)
        case 4: (bottomLeft, -width, 1)
        case 5: (0, 1, width)
        case 6: (bottomLeft, 1, -width)
        case 7: (last, -1, -width)
        case 8: (topRight, -1, width)
        default: (0, width, 1)
        }
    }

    private static func room(_ buffer: inout FloatBuffer?, _ count: Int) -> FloatBuffer {
        if let buffer, buffer.count >= count { return buffer }
        let new = FloatBuffer(count: count)
        buffer = new
        return new
    }

    private static func error(_ place: String, _ bytes: [UInt8], _ report: inout picture_report) -> DatasetError {
        let message = withUnsafeBytes(of: &report.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if let mistake = FileKind.mistake(bytes, due: "a PNG, JPEG or WebP picture", own: [.png, .jpeg, .webp]) {
            return DatasetError(place, mistake)
        }
        return DatasetError(place, "no picture that can be read: \(message)")
    }
}
