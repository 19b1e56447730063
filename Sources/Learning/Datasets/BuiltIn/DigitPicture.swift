import Foundation
import Tensors

/// Draws one picture after the other with the same working memory.
struct DigitPicture {
    /// Pixels along an edge.
    static let side = 28

    private var path: [SIMD2<Float>] = []
    private var control: [SIMD2<Float>] = []

    /// Draws a digit over whatever the target holds; everything that varies comes from `random`.
    mutating func draw(_ digit: Int, _ random: inout RandomStream, into target: UnsafeMutablePointer<Float>) {
        target.update(repeating: 0, count: Self.side * Self.side)
        scribble(&random, into: target)
        let styles = DigitStyle.all[digit]
        let style = styles[random.integer(below: styles.count)]
        let hand = Hand(&random)
        for stroke in style.strokes {
            control.removeAll(keepingCapacity: true)
            for point in stroke.points {
                let wobble = SIMD2(Float(random.normal()), Float(random.normal())) * 0.03
                control.append(hand.place(point + wobble))
            }
            layPath(smooth: stroke.isSmooth)
            drawPath(into: target, radius: hand.radius, ink: hand.ink)
        }
        addNoise(&random, into: target)
    }

    /// What is the same for all strokes of a picture.
    private struct Hand {
        let radius: Float
        let ink: Float
        private let column0: SIMD2<Float>
        private let column1: SIMD2<Float>
        private let center: SIMD2<Float>
        private let bend: SIMD2<Float>

        init(_ random: inout RandomStream) {
            let height = random.uniform(15.5, 22)
            let width = height * random.uniform(0.6, 1)
            let angle = 0.14 * random.normal()
            let slant = 0.08 + 0.2 * random.normal()
            let (sine, cosine) = (sin(angle), cos(angle))
            column0 = SIMD2(Float(width * cosine), Float(width * sine))
            column1 = SIMD2(
                Float(-height * sine - slant * height * cosine), Float(height * cosine - slant * height * sine))
            center = SIMD2(Float(14 + random.uniform(-2.2, 2.2)), Float(14 + random.uniform(-2.2, 2.2)))
            bend = SIMD2(Float(0.06 * random.normal()), Float(0.06 * random.normal()))
            radius = Float(random.uniform(0.6, 1.7))
            ink = Float(random.uniform(0.55, 1))
        }

        /// Where a point of the box of 1 x 1 comes to lie, in pixels.
        func place(_ point: SIMD2<Float>) -> SIMD2<Float> {
            var p = point - 0.5
            p.x += bend.x * (4 * p.y * p.y - 0.5)
            p.y += bend.y * (4 * p.x * p.x - 0.5)
            return center + column0 * p.x + column1 * p.y
        }
    }

    /// Turns control points into a fine path: Catmull and Rom's spline, or the corners themselves.
    private mutating func layPath(smooth: Bool) {
        path.removeAll(keepingCapacity: true)
        guard smooth, control.count > 2 else {
            path += control
            return
        }
        let steps = 6
        for index in 0..<control.count - 1 {
            let (p1, p2) = (control[index], control[index + 1])
            let p0 = index > 0 ? control[index - 1] : p1
            let p3 = index + 2 < control.count ? control[index + 2] : p2
            let (slope, curve) = (p2 - p0, 2 * p0 - 5 * p1 + 4 * p2 - p3)
            let twist = 3 * (p1 - p2) + p3 - p0
            for step in 0..<steps {
                let t = Float(step) / Float(steps)
                path.append(p1 + 0.5 * t * (slope + t * (curve + t * twist)))
            }
        }
        path.append(control[control.count - 1])
    }

    /// Draws all segments of the path with a round pen whose edge fades over a pixel.
    private func drawPath(into target: UnsafeMutablePointer<Float>, radius: Float, ink: Float) {
        for index in 1..<max(1, path.count) {
            Self.drawSegment(path[index - 1], path[index], into: target, radius: radius, ink: ink)
        }
    }

    private static func drawSegment(
        _ from: SIMD2<Float>, _ to: SIMD2<Float>, into target: UnsafeMutablePointer<Float>, radius: Float, ink: Float
    ) {
        let reach = radius + 0.5
        let last = side - 1
        let low = pointwiseMin(from, to) - reach
        let high = pointwiseMax(from, to) + reach
        let (left, right) = (max(0, Int(low.x.rounded(.up))), min(last, Int(high.x.rounded(.down))))
        let (top, bottom) = (max(0, Int(low.y.rounded(.up))), min(last, Int(high.y.rounded(.down))))
        guard left <= right, top <= bottom else { return }
        let along = to - from
        let inverse = 1 / max(1e-6, (along * along).sum())
        for row in top...bottom {
            for column in left...right {
                let offset = SIMD2(Float(column), Float(row)) - from
                let share = min(1, max(0, (offset * along).sum() * inverse))
                let gap = offset - share * along
                let distance = (gap * gap).sum().squareRoot()
                let value = ink * min(1, reach - distance)
                let pixel = row * side + column
                if value > target[pixel] { target[pixel] = value }
            }
        }
    }

    /// Draws pieces of other strokes: what a careless crop leaves beside a digit.
    private mutating func scribble(_ random: inout RandomStream, into target: UnsafeMutablePointer<Float>) {
        for _ in 0..<random.integer(below: 3) {
            let start = SIMD2(Float(random.uniform(0, 27)), Float(random.uniform(0, 27)))
            let angle = random.uniform(0, 2 * .pi)
            let length = random.uniform(2, 7)
            let end = start + SIMD2(Float(length * cos(angle)), Float(length * sin(angle)))
            let (radius, ink) = (Float(random.uniform(0.4, 1.1)), Float(random.uniform(0.2, 0.7)))
            Self.drawSegment(start, end, into: target, radius: radius, ink: ink)
        }
    }

    /// Adds a background, and noise that is close to normal: the sum of the four bytes of a word.
    private func addNoise(_ random: inout RandomStream, into target: UnsafeMutablePointer<Float>) {
        let background = Float(random.uniform(0, 0.15))
        let deviation = Float(random.uniform(0.02, 0.12))
        // Four bytes sum up to 510 on average, with a standard deviation of 147.8.
        let scale = deviation / 147.8
        for pixel in 0..<Self.side * Self.side {
            let word = random.nextWord()
            let sum = (word & 0xFF) + (word >> 8 & 0xFF) + (word >> 16 & 0xFF) + word >> 24
            let value = background + (1 - background) * target[pixel] + scale * (Float(sum) - 510)
            target[pixel] = min(1, max(0, value))
        }
    }
}
