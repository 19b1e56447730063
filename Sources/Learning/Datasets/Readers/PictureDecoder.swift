import CPictures
import Files
import Tensors

/// Turns PNG, JPEG and WebP bytes, told apart by what they are, into numbers, in memory that is used again.
struct PictureDecoder {
    private var pixels: [UInt8] = []
    private var wide: FloatBuffer?
    private var scratch: FloatBuffer?

    /// Bytes that one byte of a file can stand for at most; deflate reaches 1,032.
    private static let mostPacked = 2048

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

    /// What a picture's header says, as far as its length warrants it.
    func header(of bytes: [UInt8], _ place: String) throws(DatasetError) -> Header {
        var report = picture_report()
        let code = picture_size(bytes, bytes.count, &report)
        guard code == 0 else { throw Self.error(place, bytes, &report) }
        let (width, height) = (Int(report.width), Int(report.height))
        guard width > 0, height > 0, width * height * 3 <= Self.mostPacked * bytes.count else {
            throw DatasetError(
                place, "\(bytes.count) bytes cannot hold the \(height)x\(width) pixels that its header announces")
        }
        return Header(stored: .init(height: height, width: width), orientation: Int(report.orientation))
    }

    /// Decodes a picture with this header, upright, in the target's channels, stretched to its size where that differs.
    ///
    /// - Returns: Whether anything in it is transparent.
    mutating func decode(
        _ bytes: [UInt8], _ header: Header, into target: PictureView, _ place: String
    ) throws(DatasetError) -> Bool {
        let (stored, size) = (header.stored, header.size)
        let area = size.height * size.width
        if pixels.count < 3 * area { pixels = [UInt8](repeating: 0, count: 3 * area) }
        var report = picture_report()
        let code = picture_decode(bytes, bytes.count, Int32(stored.width), Int32(stored.height), &pixels, &report)
        guard code == 0 else { throw Self.error(place, bytes, &report) }
        // Only the whole file says it where it stands after the pixels.
        let header = Header(stored: stored, orientation: Int(report.orientation))
        guard header.size == size else {
            throw DatasetError(place, "its EXIF says after the pixels that it lies on its side; write it upright")
        }
        guard size.height != target.height || size.width != target.width else {
            fill(target, header)
            return report.transparent != 0
        }
        let wide = Self.room(&wide, target.channels * area)
        let source = PictureView(
            wide.pointer, channels: target.channels, height: size.height, width: size.width)
        fill(source, header)
        target.resize(
            source, part: .init(top: 0, left: 0, height: size.height, width: size.width),
            scratch: Self.room(&scratch, target.channels * size.height * target.width).pointer)
        return report.transparent != 0
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
