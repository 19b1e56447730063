import Runs
import Testing

@Suite("Initialization decides what reaches the tenth layer")
struct InitializationTests {
    private let short = ["data.digits=640", "epochs=1"]

    private func depth(_ name: String) throws -> Lecture { try Lecture(name, short[0], short[1]) }

    @Test
    func `N(0, 0.01) lets ten tanh layers collapse`() throws {
        let lecture = try depth("tanh-small")
        #expect(lecture.first[9].std / lecture.first[0].std < 1e-3)
        #expect(lecture.first[0].gradientNorm < 1e-3 * lecture.first[10].gradientNorm)
        #expect(abs(lecture.lastLoss - 2.303) < 0.02, "nothing is learned")
    }

    @Test
    func `N(0, 1) saturates them`() throws {
        let lecture = try depth("tanh-large")
        #expect(lecture.first[..<10].allSatisfy { $0.saturated > 0.9 })
    }

    /// As a person sees it who reads no number: what is drawn on -1...1 is a spike, two spikes at the ends, or a hill.
    @Test(arguments: ["tanh-small", "tanh-large", "tanh-xavier"])
    func `the histograms of ten tanh layers show collapse, saturation and health`(name: String) throws {
        let first = try depth(name).first
        for layer in 3..<10 {
            let bins = first[layer].histogram.rebinned(low: -1, high: 1, bins: 32)
            let total = bins.reduce(0, +)
            let (middle, ends) = (bins[14..<18].reduce(0, +) / total, (bins[0] + bins[31]) / total)
            switch name {
            case "tanh-small": #expect(middle > 0.99)
            case "tanh-large": #expect(ends > 0.9)
            default: #expect(middle < 0.6 && ends < 0.05 && bins.count { $0 > 0 } > 16)
            }
        }
    }

    @Test
    func `Xavier keeps them alike`() throws {
        let lecture = try depth("tanh-xavier")
        let ratio = lecture.first[9].std / lecture.first[0].std
        #expect(ratio > 0.2 && ratio < 1)
        #expect(lecture.first[..<10].allSatisfy { $0.saturated < 0.1 })
        #expect(lecture.first[0].gradientNorm > 0.05 * lecture.first[9].gradientNorm)
    }

    @Test
    func `Xavier lets ReLU layers shrink, Kaiming does not`() throws {
        let (xavier, kaiming) = (try depth("relu-xavier"), try depth("relu-kaiming"))
        #expect(xavier.first[9].std / xavier.first[0].std < 0.1)
        let ratio = kaiming.first[9].std / kaiming.first[0].std
        #expect(ratio > 0.3 && ratio < 3)
    }

    @Test
    func `SELU keeps mean 0 and std 1 without normalization`() throws {
        for layer in try depth("selu").first[..<10] {
            #expect(abs(layer.mean) < 0.2)
            #expect(layer.std > 0.7 && layer.std < 1.3)
        }
    }

    @Test
    func `batch norm makes up for N(0, 0.01)`() throws {
        let lecture = try Lecture("batch-norm-bad-start", "data.digits=2000", "epochs=4")
        let ratio = lecture.first[9].std / lecture.first[0].std
        #expect(ratio > 0.5 && ratio < 2)
        #expect(lecture.lastLoss < 2.1)
    }

    @Test
    func `constant weights never break the symmetry`() throws {
        let constant = try Lecture("constant-weights", "data.digits=1000", "epochs=4")
        let random = try Lecture("constant-weights", "data.digits=1000", "epochs=4", "initializer=xavierNormal")
        #expect(constant.lastAccuracy < 0.35)
        #expect(random.lastAccuracy > constant.lastAccuracy + 0.2)
        #expect(constant.layers.allSatisfy { $0.layers[..<2].allSatisfy(\.hasEqualUnits) }, "for ever")
        #expect(random.layers.allSatisfy { !$0.layers.contains(where: \.hasEqualUnits) })
    }

    @Test
    func `ten sigmoid layers leave next to nothing of the gradient`() throws {
        let lecture = try depth("sigmoid-deep")
        #expect(lecture.first[0].signalNorm < 1e-5 * lecture.first[9].signalNorm)
    }
}
