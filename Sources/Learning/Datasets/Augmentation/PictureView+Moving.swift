import Foundation

extension PictureView {
    /// Mirrors left and right.
    package func flipHorizontally() {
        for row in 0..<channels * height {
            let line = pixels + row * width
            var (left, right) = (0, width - 1)
            while left < right {
                (line[left], line[right]) = (line[right], line[left])
                left += 1
                right -= 1
            }
        }
    }

    /// Makes pixel (y, x) what (y + rows, x + columns) was; 0 where that lies outside.
    package func shift(rows: Int, columns: Int, scratch: UnsafeMutablePointer<Float>) {
        guard rows != 0 || columns != 0 else { return }
        let source = over(scratch)
        source.copy(from: self)
        pixels.update(repeating: 0, count: count)
        let first = max(0, -columns)
        let length = width - abs(columns)
        guard length > 0 else { return }
        for channel in 0..<channels {
            for row in max(0, -rows)..<max(max(0, -rows), min(height, height - rows)) {
                (plane(channel) + row * width + first).update(
                    from: source.plane(channel) + (row + rows) * width + first + columns, count: length)
            }
        }
    }

    /// Makes all pixels of a square around a pixel 0, as far as they lie in the picture.
    package func cutOut(size: Int, row: Int, column: Int) {
        let rows = max(0, row - size / 2)..<min(height, row - size / 2 + size)
        let columns = max(0, column - size / 2)..<min(width, column - size / 2 + size)
        guard !rows.isEmpty, !columns.isEmpty else { return }
        for channel in 0..<channels {
            for row in rows {
                (plane(channel) + row * width + columns.lowerBound).update(repeating: 0, count: columns.count)
            }
        }
    }

    /// A linear map of the plane around the picture's middle: where an output pixel comes from.
    package struct Mapping {
        /// Source x = xx x + xy y + dx and source y = yx x + yy y + dy, with the middle as origin.
        package var xx: Double
        /// How far the source moves right for each pixel that the output goes down.
        package var xy: Double
        /// How far right of the middle the source of the middle lies, in pixels.
        package var dx: Double
        /// How far the source moves down for each pixel that the output goes right.
        package var yx: Double
        /// How far the source moves down for each pixel that the output goes down.
        package var yy: Double
        /// How far below the middle the source of the middle lies, in pixels.
        package var dy: Double

        /// A mapping that leaves alone what is not said: without arguments the identity.
        package init(
            xx: Double = 1, xy: Double = 0, dx: Double = 0, yx: Double = 0, yy: Double = 1, dy: Double = 0
        ) {
            (self.xx, self.xy, self.dx) = (xx, xy, dx)
            (self.yx, self.yy, self.dy) = (yx, yy, dy)
        }
    }

    /// Fetches each pixel from where the mapping says, bilinearly; 0 outside.
    package func map(_ mapping: Mapping, scratch: UnsafeMutablePointer<Float>) {
        let source = over(scratch)
        source.copy(from: self)
        let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
        for row in 0..<height {
            for column in 0..<width {
                let (x, y) = (Double(column) - middleX, Double(row) - middleY)
                let fromX = mapping.xx * x + mapping.xy * y + mapping.dx + middleX
                let fromY = mapping.yx * x + mapping.yy * y + mapping.dy + middleY
                let (left, top) = (fromX.rounded(.down), fromY.rounded(.down))
                let (shareX, shareY) = (Float(fromX - left), Float(fromY - top))
                let place = row * width + column
                guard left >= -1, top >= -1, left < Double(width), top < Double(height) else {
                    for channel in 0..<channels { plane(channel)[place] = 0 }
                    continue
                }
                let (x0, y0) = (Int(left), Int(top))
                for channel in 0..<channels {
                    let from = source.plane(channel)
                    func pixel(_ y: Int, _ x: Int) -> Float {
                        y >= 0 && y < height && x >= 0 && x < width ? from[y * width + x] : 0
                    }
                    let upper = (1 - shareX) * pixel(y0, x0) + shareX * pixel(y0, x0 + 1)
                    let lower = (1 - shareX) * pixel(y0 + 1, x0) + shareX * pixel(y0 + 1, x0 + 1)
                    plane(channel)[place] = (1 - shareY) * upper + shareY * lower
                }
            }
        }
    }
}
