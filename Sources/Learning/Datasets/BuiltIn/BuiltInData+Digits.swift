import Fields
import Tensors

extension BuiltInData {
    /// Grey pictures of the digits 0 to 9, drawn with a pen that is never the same twice.
    ///
    /// Writing style, position, size, rotation, slant, pen, contrast, scribbles beside the digit and noise vary, so much
    /// that a linear model stays below 90 % where a small convolutional network passes 97 %.
    ///
    /// - Parameter pool: Threads to draw on; the pictures do not depend on them.
    /// - Returns: Examples of shape 1x28x28 within 0...1, ink bright on dark.
    package static func digits(count: Int = 20_000, seed: UInt64, pool: WorkerPool? = nil) -> Dataset {
        precondition(count >= 0, "there cannot be \(count) pictures")
        return drawn(
            "digits", count: count, shape: [1, DigitPicture.side, DigitPicture.side], classes: 10, seed: seed,
            pool: pool, with: { DigitPicture() }
        ) { picture, random, pixels in
            let digit = random.integer(below: 10)
            picture.draw(digit, &random, into: pixels)
            return digit
        }
    }
}

/// `BuiltInData.digits` as a config names it.
package struct Digits: DataSource {
    /// How many pictures are drawn.
    package var count: Int
    /// Decides every stroke.
    package var seed: UInt64

    package init(
        count: Int = 20_000, seed: UInt64 = 0
    ) {
        self.count = count
        self.seed = seed
    }

    package init() { self.init(count: 20_000) }

    package static let word = "digits"
    package static let meaning = "pictures of the digits 0 to 9, 1x28x28, drawn with a pen that is never the same twice"
    package static let example = "{ digits: 5000 }"
    package static let fields: [Field<Digits>] = [
        .count(\.count, most: 2_000_000).main,
        .seed(\.seed),
    ]

    package var numberCount: Int { count * DigitPicture.side * DigitPicture.side }
    package var knownShape: Shape? { [1, DigitPicture.side, DigitPicture.side] }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        BuiltInData.digits(count: count, seed: seed, pool: pool)
    }
}
