import Tensors

/// One picture in somebody's memory: channel by channel, row by row.
package struct PictureView {
    /// `[channels, height, width]` numbers, which somebody else owns.
    package let pixels: UnsafeMutablePointer<Float>
    /// How many numbers a pixel has: 1 for grey, 3 for red, green and blue.
    package let channels: Int
    /// Rows of the picture.
    package let height: Int
    /// Columns of the picture.
    package let width: Int

    /// Pixels of one channel.
    package var area: Int { height * width }
    /// Numbers of all channels.
    package var count: Int { channels * area }

    /// A view of memory as an example's shape says.
    /// - Parameter shape: `[channels, height, width]`.
    package init(_ pixels: UnsafeMutablePointer<Float>, shape: Shape) {
        self.init(pixels, channels: shape[0], height: shape[1], width: shape[2])
    }

    /// A view of `channels * height * width` numbers, which must live as long as it does.
    package init(_ pixels: UnsafeMutablePointer<Float>, channels: Int, height: Int, width: Int) {
        self.pixels = pixels
        self.channels = channels
        self.height = height
        self.width = width
    }

    /// The first pixel of a channel.
    package func plane(_ channel: Int) -> UnsafeMutablePointer<Float> { pixels + channel * area }

    /// The same picture over other memory.
    package func over(_ other: UnsafeMutablePointer<Float>) -> PictureView {
        PictureView(other, channels: channels, height: height, width: width)
    }

    /// Takes over all numbers of a picture of the same shape in other memory.
    package func copy(from other: PictureView) { pixels.update(from: other.pixels, count: count) }

    /// Darkest and brightest that changes of colour may make: 0...1, or wider where the picture is.
    package var bounds: ClosedRange<Float> {
        var (low, high): (Float, Float) = (0, 1)
        for place in 0..<count {
            low = min(low, pixels[place])
            high = max(high, pixels[place])
        }
        return low...high
    }
}
