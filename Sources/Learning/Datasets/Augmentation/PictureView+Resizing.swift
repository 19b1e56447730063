extension PictureView {
    /// A part of a picture, in whole pixels.
    package struct Part: Equatable {
        /// The first row, from 0.
        package var top: Int
        /// The first column, from 0.
        package var left: Int
        /// How many rows it has.
        package var height: Int
        /// How many columns it has.
        package var width: Int

        package init(top: Int, left: Int, height: Int, width: Int) {
            (self.top, self.left, self.height, self.width) = (top, left, height, width)
        }
    }

    /// Fills this picture with a part of another, stretched bilinearly; shrinking averages over all it covers
    /// (a triangle as wide as two new pixels: Pillow's and torchvision's bilinear with antialias).
    ///
    /// The other picture may be this one itself.
    /// - Parameter scratch: Takes channels x the part's height x this width.
    package func resize(_ source: PictureView, part: Part, scratch: UnsafeMutablePointer<Float>) {
        let across = Taps(from: part.width, to: width)
        let down = Taps(from: part.height, to: height)
        for channel in 0..<channels {
            let lines = scratch + channel * part.height * width
            for column in 0..<width {
                let (first, end, scale) = across.window(column)
                for row in 0..<part.height {
                    let line = source.plane(channel) + (part.top + row) * source.width + part.left
                    var sum: Float = 0
                    for place in first..<end { sum += across.weight(place, column) * line[place] }
                    lines[row * width + column] = sum * scale
                }
            }
        }
        for channel in 0..<channels {
            let lines = scratch + channel * part.height * width
            for row in 0..<height {
                let (first, end, scale) = down.window(row)
                let target = plane(channel) + row * width
                for column in 0..<width {
                    var sum: Float = 0
                    for place in first..<end { sum += down.weight(place, row) * lines[place * width + column] }
                    target[column] = sum * scale
                }
            }
        }
    }

    /// Which old places a new one is made of, along one axis.
    private struct Taps {
        private let length: Int
        private let scale: Double
        private let support: Double

        init(from length: Int, to newLength: Int) {
            self.length = length
            scale = Double(length) / Double(newLength)
            support = max(1, scale)
        }

        /// First and end of the old places, and what their weights are divided by.
        func window(_ place: Int) -> (first: Int, end: Int, scale: Float) {
            let center = (Double(place) + 0.5) * scale
            let first = max(0, Int(center - support + 0.5))
            let end = min(length, Int(center + support + 0.5))
            var sum: Float = 0
            for old in first..<max(first, end) { sum += weight(old, place) }
            return (first, max(first, end), sum > 0 ? 1 / sum : 0)
        }

        @inline(__always)
        func weight(_ old: Int, _ place: Int) -> Float {
            let distance = Double(old) + 0.5 - (Double(place) + 0.5) * scale
            return Float(max(0, 1 - abs(distance) / support))
        }
    }
}
