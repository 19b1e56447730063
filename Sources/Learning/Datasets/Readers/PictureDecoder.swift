import CPictures
import Tensors

/// Turns PNG and JPEG bytes into numbers, in memory that is used again.
struct PictureDecoder {
    private var pixels: [UInt8] = []
    private var wide: FloatBuffer?
    private var scratch: FloatBuffer?

    /// Bytes that one byte of a file can stand for at most; deflate reaches 1,032.
    private static let mostPacked = 2048

    /// What a picture's header says, as far as its length warrants it.
    func size(of bytes: [UInt8], _ place: String) throws(DatasetError) -> ImageFolderReader.Size {
        var report = picture_report()
        let code = picture_size(bytes, bytes.count, &report)
        guard code == 0 else { throw Self.error(place, &report) }
        let (width, height) = (Int(report.width), Int(report.height))
        guard width > 0, height > 0, width * height * 3 <= Self.mostPacked * bytes.count else {
            throw DatasetError(
                place, "\(bytes.count) bytes cannot hold the \(height)x\(width) pixels that its header announces")
        }
        return .init(height: height, width: width)
    }

    /// Decodes a picture of this size, in the target's channels, stretched to its size where that differs.
    mutating func decode(
        _ bytes: [UInt8], size: ImageFolderReader.Size, into target: PictureView, _ place: String
    ) throws(DatasetError) {
        let area = size.height * size.width
        if pixels.count < 3 * area { pixels = [UInt8](repeating: 0, count: 3 * area) }
        var report = picture_report()
        let code = picture_decode(bytes, bytes.count, Int32(size.width), Int32(size.height), &pixels, &report)
        guard code == 0 else { throw Self.error(place, &report) }
        guard size.height != target.height || size.width != target.width else { return fill(target) }
        let wide = Self.room(&wide, target.channels * area)
        let source = PictureView(
            wide.pointer, channels: target.channels, height: size.height, width: size.width)
        fill(source)
        target.resize(
            source, part: .init(top: 0, left: 0, height: size.height, width: size.width),
            scratch: Self.room(&scratch, target.channels * size.height * target.width).pointer)
    }

    /// Spreads the decoded pixels over channels, as fractions of 255.
    private func fill(_ target: PictureView) {
        let area = target.area
        pixels.withUnsafeBufferPointer { pixels in
            for place in 0..<area {
                let (red, green, blue) = (pixels[3 * place], pixels[3 * place + 1], pixels[3 * place + 2])
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

    private static func room(_ buffer: inout FloatBuffer?, _ count: Int) -> FloatBuffer {
        if let buffer, buffer.count >= count { return buffer }
        let new = FloatBuffer(count: count)
        buffer = new
        return new
    }

    private static func error(_ place: String, _ report: inout picture_report) -> DatasetError {
        let message = withUnsafeBytes(of: &report.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return DatasetError(place, "no picture that can be read: \(message)")
    }
}
