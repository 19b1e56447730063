import Cells
import Dashboard
import History
import Runs
import Screens
import TestSupport
import Testing

@Suite struct LayerNameTests {
    @Test func `names are cut in the middle, the longer part of them left at the end`() {
        #expect(shortened(["0", "3.body.0.conv"], to: 8) == ["0", "3…0.conv"])
        #expect(shortened(["12"], to: 2) == ["12"])
    }

    @Test func `what is cut off is no part's beginning, and what differs stays`() {
        let blocks = ["3.body.0", "7.body.0", "7.body.3", "7.shortcut.0"]
        #expect(shortened(blocks, to: 6) == ["3.bo…0", "7.bo…0", "7.bo…3", "7.sh…0"])
        #expect(shortened(blocks, to: 5) == ["3.b…0", "7.b…0", "7.b…3", "7.s…0"])
        #expect(shortened(["10.body.0", "10.body.3", "12.body.0"], to: 4) == ["10…0", "10…3", "12…0"])
        // Where the usual cut tells them apart no more, each part has its first letter.
        let convolutions = ["3.body.0.conv1", "3.body.1.conv1", "3.body.1.conv2"]
        #expect(shortened(convolutions, to: 8) == ["3.b.0.c1", "3.b.1.c1", "3.…conv2"])
    }

    /// Names as deep networks have them: parts of numbers and words, many of them alike.
    private static func names(_ random: inout SplitMix64) -> [String] {
        let words = ["body", "shortcut", "conv", "branches", "0", "1", "2", "10", "11"]
        var names = Set<String>()
        let count = Int.random(in: 1...60, using: &random)
        let depth = Int.random(in: 1...5, using: &random)
        while names.count < count {
            let parts = (0..<Int.random(in: 1...depth + 1, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
            }
            names.insert("\(Int.random(in: 0...40, using: &random))." + parts.joined(separator: "."))
        }
        return names.sorted()
    }

    @Test(arguments: 0..<200) func `different names stay different, at any width that can hold as many`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let names = Self.names(&random)
        for width in 4...20 {
            let short = shortened(names, to: width)
            #expect(short.allSatisfy { $0.count <= width })
            #expect(Set(short).count == names.count, "\(width): \(short)")
            #expect(zip(names, short).allSatisfy { $0.count > width || $0 == $1 }, "what fits stays as it is")
        }
    }

    @Test func `no width and no names are no trouble`() {
        #expect(shortened(["abc", "abd"], to: 0) == ["", ""])
        #expect(shortened(["abc", "abd"], to: 1).allSatisfy { $0.count <= 1 })
        #expect(shortened([], to: 5) == [])
        #expect(shortened(["same.name", "same.name"], to: 5).count == 2)
    }
}
