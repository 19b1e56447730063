import Cells
import Commands
import Tensors
import Testing

@Suite struct PictureTextTests {
    private let shape: Shape = [1, 2, 3]

    @Test func `a cell is two pixels, the upper one the letter and the lower one behind it`() {
        let brush = Brush(colors: .trueColor, isASCII: false)
        let picture = PictureText([1, 0, 0.2, 0, 1, 0.2], shape: shape, brush)
        #expect(picture.width == 3)
        #expect(
            picture.lines == [
                "\u{1B}[38;2;255;255;255;48;2;0;0;0m▀\u{1B}[0m\u{1B}[38;2;0;0;0;48;2;255;255;255m▀\u{1B}[0m"
                    + "\u{1B}[38;2;51;51;51;48;2;51;51;51m▀\u{1B}[0m"
            ])
    }

    @Test func `in ASCII it is greys`() {
        let brush = Brush(colors: nil, isASCII: true)
        #expect(PictureText([1, 0, 1, 1, 0, 0], shape: shape, brush).lines == ["@ ="])
    }

    @Test func `bytes and other numbers have their own range`() {
        let brush = Brush(colors: nil, isASCII: true)
        #expect(PictureText([255, 0, 0, 255, 0, 0], shape: shape, brush).lines == ["@  "])
        #expect(PictureText([-2, 2, 0, -2, 2, 0], shape: shape, brush).lines == [" @="])
    }

    @Test func `large pictures become smaller, and what is no number is dark`() {
        let brush = Brush(colors: nil, isASCII: true)
        let picture = PictureText([Float](repeating: .nan, count: 200 * 100), shape: [1, 200, 100], brush)
        #expect(picture.width == 32)
        #expect(picture.lines == [String](repeating: String(repeating: " ", count: 32), count: 32))
    }

    @Test func `three channels are colours`() {
        let brush = Brush(colors: .trueColor, isASCII: false)
        #expect(
            PictureText([1, 0, 0, 1, 0, 0], shape: [3, 2, 1], brush).lines == [
                "\u{1B}[38;2;255;0;0;48;2;0;255;0m▀\u{1B}[0m"
            ])
    }
}
