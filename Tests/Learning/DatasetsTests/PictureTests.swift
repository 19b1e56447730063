import Datasets
import Tensors
import Testing

/// Changes of pictures against what they must be by hand, and against Pillow.
@Suite struct PictureTests {
    private let buffer = FloatBuffer(count: 4096)
    private let scratch = FloatBuffer(count: 4096)

    private func picture(_ pixels: [Float], _ channels: Int, _ height: Int, _ width: Int) -> PictureView {
        for (place, pixel) in pixels.enumerated() { buffer.pointer[place] = pixel }
        return PictureView(buffer.pointer, channels: channels, height: height, width: width)
    }

    private func pixels(_ view: PictureView) -> [Float] { (0..<view.count).map { view.pixels[$0] } }

    @Test func `a flip mirrors each row`() {
        let view = picture([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 2, 3)
        view.flipHorizontally()
        #expect(pixels(view) == [3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10])
        view.flipHorizontally()
        #expect(pixels(view) == (1...12).map(Float.init))
    }

    @Test(arguments: [
        (0, 0, [1, 2, 3, 4, 5, 6]), (1, 0, [4, 5, 6, 0, 0, 0]), (-1, 0, [0, 0, 0, 1, 2, 3]),
        (0, 1, [2, 3, 0, 5, 6, 0]),
        (0, -2, [0, 0, 1, 0, 0, 4]), (1, -1, [0, 4, 5, 0, 0, 0]), (2, 0, [0, 0, 0, 0, 0, 0]),
        (0, 3, [0, 0, 0, 0, 0, 0]),
        (-5, 9, [0, 0, 0, 0, 0, 0]),
    ])
    func `a shift lets zeros in`(rows: Int, columns: Int, expected: [Float]) {
        let view = picture([1, 2, 3, 4, 5, 6], 1, 2, 3)
        view.shift(rows: rows, columns: columns, scratch: scratch.pointer)
        #expect(pixels(view) == expected)
    }

    @Test func `a cut out is cut at the borders`() {
        let view = picture([Float](repeating: 1, count: 32), 2, 4, 4)
        view.cutOut(size: 3, row: 0, column: 3)
        let plane: [Float] = [1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]
        #expect(pixels(view) == plane + plane)
    }

    @Test func `stretching is pillows bilinear`() {
        let (source, results) = Written.stretched
        let from = FloatBuffer(source)
        for result in results {
            let target = PictureView(buffer.pointer, channels: 1, height: result.height, width: result.width)
            target.resize(
                PictureView(from.pointer, channels: 1, height: 5, width: 7),
                part: .init(top: result.part[0], left: result.part[1], height: result.part[2], width: result.part[3]),
                scratch: scratch.pointer)
            #expect(zip(pixels(target), result.pixels).allSatisfy { abs($0 - $1) < 2e-6 })
        }
    }

    @Test func `a turn by a quarter is exact`() {
        let view = picture([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 3, 3)
        view.map(.init(xx: 0, xy: -1, yx: 1, yy: 0), scratch: scratch.pointer)
        #expect(pixels(view) == [3, 6, 9, 2, 5, 8, 1, 4, 7])
    }

    @Test func `half a pixel is the middle`() {
        let view = picture([2, 4, 8], 1, 1, 3)
        view.map(.init(dx: 0.5), scratch: scratch.pointer)
        #expect(pixels(view) == [3, 6, 4])
    }

    @Test func `brightness is a factor`() {
        let view = picture([0.2, 0.5, 0.9], 1, 1, 3)
        view.changeBrightness(1.5, within: view.bounds)
        #expect(zip(pixels(view), [0.3, 0.75, 1]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `contrast keeps the mean and saturation the grey`() {
        let view = picture([0.2, 0.4, 0.3, 0.6, 0.5, 0.1], 3, 1, 2)
        let grey = (0..<2).map { 0.2989 * view.pixels[$0] + 0.587 * view.pixels[2 + $0] + 0.114 * view.pixels[4 + $0] }
        view.changeSaturation(0.5, within: 0...1)
        #expect(abs(view.pixels[0] - (0.5 * 0.2 + 0.5 * grey[0])) < 1e-6)
        #expect(abs(view.pixels[5] - (0.5 * 0.1 + 0.5 * grey[1])) < 1e-6)
        let again = picture([0.2, 0.4, 0.3, 0.6, 0.5, 0.1], 3, 1, 2)
        again.changeContrast(0, within: 0...1)
        #expect(pixels(again).allSatisfy { abs($0 - (grey[0] + grey[1]) / 2) < 1e-6 })
    }

    /// Levels as numbers 0...1, changed, as levels again.
    private func changed(_ change: (PictureView) -> Void) -> [Int] {
        let view = picture(Written.levels.map { Float($0) / 255 }, 1, 24, 24)
        change(view)
        return pixels(view).map { Int(($0 * 255).rounded()) }
    }

    private func isClose(_ levels: [Int], _ expected: [UInt8], _ slack: Int) -> Bool {
        zip(levels, expected).allSatisfy { abs($0 - Int($1)) <= slack }
    }

    @Test func `operations on levels are pillows`() {
        #expect(isClose(changed { $0.equalize(within: 0...1) }, Written.equalized, 0))
        // Pillow cuts to whole levels.
        #expect(isClose(changed { $0.stretchContrast(within: 0...1) }, Written.stretchedContrast, 1))
        #expect(isClose(changed { $0.posterize(bits: 4, within: 0...1) }, Written.posterizedToFourBits, 0))
        #expect(isClose(changed { $0.solarize(threshold: 128.0 / 255, within: 0...1) }, Written.solarizedFrom128, 0))
        let sharpened = changed { $0.changeSharpness(1.5, within: 0...1, scratch: scratch.pointer) }
        #expect(isClose(sharpened, Written.sharpenedByHalf, 1))
    }

    @Test func `numbers outside widen the bounds`() {
        #expect(picture([0.2, 0.5], 1, 1, 2).bounds == 0...1)
        #expect(picture([-2, 200], 1, 1, 2).bounds == -2...200)
        let view = picture([0, 100, 200, 200], 1, 2, 2)
        view.solarize(threshold: 0.9, within: view.bounds)
        #expect(pixels(view) == [0, 100, 0, 0])
    }

    @Test(arguments: RandAugmentOperation.allCases, [0.0, 1.0])
    func `an operation stays within the bounds`(operation: RandAugmentOperation, strength: Double) {
        var random = Philox(seed: 3, purpose: .generatedData).stream(0)
        let original = (0..<3 * 9 * 8).map { _ in Float(random.uniform()) }
        for sign in [-1.0, 1] {
            let view = picture(original, 3, 9, 8)
            operation.apply(to: view, strength: strength, sign: sign, scratch: scratch.pointer)
            #expect(pixels(view).allSatisfy { $0 >= 0 && $0 <= 1 })
        }
    }

    /// At strength 0 all but three change nothing.
    @Test func `without strength nothing changes`() {
        var random = Philox(seed: 3, purpose: .generatedData).stream(0)
        let original = (0..<3 * 9 * 8).map { _ in Float(random.integer(below: 255)) / 255 }
        for operation in RandAugmentOperation.allCases where ![.autoContrast, .equalize].contains(operation) {
            let view = picture(original, 3, 9, 8)
            operation.apply(to: view, strength: 0, sign: 1, scratch: scratch.pointer)
            #expect(zip(pixels(view), original).allSatisfy { abs($0 - $1) < 0.005 }, "\(operation)")
        }
    }
}
