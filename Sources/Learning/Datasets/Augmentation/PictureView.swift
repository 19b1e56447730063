import Tensors

/// One picture in somebody's memory: channel by channel, row by row.
package struct PictureView {
    package let pixels: UnsafeMutablePointer<Float>
    package let channels: Int
    package let height: Int
    package let width: Int

    package var area: Int { height * width }
    package var count: Int { channels * area }

    package init(_ pixels: UnsafeMutablePointer<Float>, shape: Shape) {
        self.init(pixels, channels: shape[0], height: shape[1], width: shape[2])
    }

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
