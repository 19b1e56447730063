import Cells
import Tensors

/// A picture as lines of half blocks, or of characters as dense as it is bright.
package struct PictureText {
    /// Of the same width all.
    package let lines: [String]
    /// Columns of each line.
    package let width: Int

    /// Pictures are made smaller to this many columns.
    private static let widest = 32

    /// Draws a picture.
    ///
    /// - Parameters:
    ///   - values: `[channels, height, width]`: 0...1 or 0...255, else their own range; what is no number is dark.
    ///   - shape: of rank 3; one channel is grey, three are red, green and blue, of others the mean is shown.
    package init(_ values: [Float], shape: Shape, _ brush: Brush) {
        let (height, width) = (shape[1], shape[2])
        let columns = min(width, Self.widest)
        let rows = max(1, (height * columns + width / 2) / width)
        let pixels = Pixels(values, shape: shape, rows: rows, columns: columns)
        self.width = columns
        lines = stride(from: 0, to: rows, by: 2).map { row in
            (0..<columns).map { column in
                let upper = pixels[row, column]
                let lower = row + 1 < rows ? pixels[row + 1, column] : (red: 0, green: 0, blue: 0)
                guard brush.colors != nil, !brush.isASCII else {
                    let sum = Pixels.brightness(upper) + Pixels.brightness(lower)
                    return brush.grey(sum / (row + 1 < rows ? 2 : 1))
                }
                return brush.paint("▀", Pixels.color(upper), on: Pixels.color(lower))
            }.joined()
        }
    }

    /// Boxes of the picture, 0...1.
    private struct Pixels {
        typealias Pixel = (red: Double, green: Double, blue: Double)
        private let channels: Int
        private let (rows, columns): (Int, Int)
        private var numbers: [Double]

        init(_ values: [Float], shape: Shape, rows: Int, columns: Int) {
            let (height, width) = (shape[1], shape[2])
            (channels, self.rows, self.columns) = (shape[0], rows, columns)
            let finite = values.filter(\.isFinite)
            let (least, most) = (Double(finite.min() ?? 0), Double(finite.max() ?? 1))
            let range = least >= 0 && most <= 1 ? (0, 1) : least >= 0 && most <= 255 ? (0, 255) : (least, most)
            numbers = []
            for channel in 0..<channels {
                for row in 0..<rows {
                    let (top, bottom) = Self.part(row, of: rows, in: height)
                    for column in 0..<columns {
                        let (left, right) = Self.part(column, of: columns, in: width)
                        var sum = 0.0
                        for y in top..<bottom {
                            for x in left..<right {
                                let value = Double(values[(channel * height + y) * width + x])
                                if value.isFinite { sum += (value - range.0) / max(1e-12, range.1 - range.0) }
                            }
                        }
                        numbers.append(sum / Double((bottom - top) * (right - left)))
                    }
                }
            }
        }

        private static func part(_ index: Int, of count: Int, in length: Int) -> (Int, Int) {
            let first = index * length / count
            return (first, max(first + 1, (index + 1) * length / count))
        }

        subscript(row: Int, column: Int) -> Pixel {
            func number(_ channel: Int) -> Double { numbers[(channel * rows + row) * columns + column] }
            if channels == 3 { return (number(0), number(1), number(2)) }
            let grey = (0..<channels).reduce(0) { $0 + number($1) } / Double(channels)
            return (grey, grey, grey)
        }

        static func brightness(_ pixel: Pixel) -> Double {
            0.299 * pixel.red + 0.587 * pixel.green + 0.114 * pixel.blue
        }

        static func color(_ pixel: Pixel) -> Color {
            func byte(_ value: Double) -> UInt8 { UInt8((min(1, max(0, value)) * 255).rounded()) }
            return .rgb(byte(pixel.red), byte(pixel.green), byte(pixel.blue))
        }
    }
}
