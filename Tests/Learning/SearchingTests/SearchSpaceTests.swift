import Plans
import Searching
import Settings
import TestSupport
import Testing

@Suite("A config with ranges")
struct SearchSpaceTests {
    @Test func `ranges are found in the order of the text, with names as short as they differ`() throws {
        let space = try Fixture.space(
            """
            {
              data: "spirals", validation: { fraction: 0.2 },
              model: [{ linear: { choice: [8, 16] } }, "relu", { linear: 3 }],
              optimizer: { choice: [
                { sgd: { learningRate: { logUniform: [1e-3, 1] }, momentum: { uniform: [0, 0.9] } } },
                { adam: { learningRate: { logUniform: [1e-4, 0.1] } } },
              ] },
            }
            """)
        #expect(
            space.parameters.map(\.shortName) == [
                "linear", "optimizer", "sgd.learningRate", "momentum", "adam.learningRate",
            ])
        #expect(space.parameters.map(\.name)[2] == "optimizer.sgd.learningRate")
        #expect(space.parameters[3].conditions == [space.parameters[1].path: 0])
    }

    @Test func `what the config takes decides whether a range is one of whole numbers`() throws {
        let space = try Fixture.space(
            Fixture.text(units: "{ uniform: [4, 64] }", more: "batchSize: { logUniform: [8, 128] }"))
        let isWhole = Dictionary(uniqueKeysWithValues: space.parameters.map { ($0.shortName, $0.isWhole) })
        #expect(isWhole == ["linear": true, "learningRate": false, "batchSize": true])
    }

    /// A text and the words that are said of it.
    @Test(arguments: [
        (Fixture.text(rate: "{ logUniform: [1, 1e-4] }"), "not below"),
        (Fixture.text(rate: "{ uniform: [2, 2] }"), "not below"),
        (Fixture.text(rate: "{ logUniform: [0, 1] }"), "no logarithm of 0"),
        (Fixture.text(rate: "{ choice: [] }"), "a choice of nothing"),
        (Fixture.text(rate: "{ logUniform: 3 }"), "both ends"),
        (Fixture.text(rate: "{ uniform: [1, \"two\"] }"), "a number is due"),
        (Fixture.text(rate: "{ uniform: [0.1, 1], low: 3 }"), "stands alone"),
        (Fixture.text(rate: "{ uniform: [-1, 1] }"), "a rate above 0"),
        (Fixture.text(rate: "{ choice: [0.1, \"fast\"] }"), "choice[1]"),
        (Fixture.text(units: "{ uniform: [3.2, 3.8] }"), "none lies in this range"),
        (Fixture.text(units: "{ uniform: [0, 16] }"), "not 0"),
        (Fixture.text(more: "dropLast: { uniform: [0, 1] }"), "no range of numbers can stand here"),
        (Fixture.text(more: "threads: { uniform: [1, 4] }"), "trials are compared"),
        (Fixture.text(rate: "0.1"), "no range to search"),
    ])
    func `a range that cannot be is refused in one line at its place`(text: String, words: String) throws {
        let refusal = try #require(Fixture.refusal(text))
        #expect(refusal.contains(words) && refusal.hasPrefix("search.json5:") && !refusal.contains("\n"), "\(refusal)")
    }

    @Test func `a run does not take a config with ranges, and names the command that does`() throws {
        let text = Fixture.text()
        #expect {
            _ = try Fixture.decoder.plan(Setting.parse(text: text, file: "search.json5"))
        } throws: { error in
            "\(error)".hasPrefix("search.json5:4:37: optimizer.sgd.learningRate: ")
                && "\(error)".contains("sitter search")
        }
    }

    @Test func `whatever is drawn lies in its range and makes a plan that has it`() throws {
        let text = Fixture.text(
            rate: "{ choice: [{ logUniform: [1e-4, 1] }, 0.5] }", decay: "{ uniform: [0, 0.1] }",
            units: "{ logUniform: [3, 40] }",
            more:
                "batchSize: { choice: [8, { uniform: [16, 32] }] }, schedule: { choice: [\"constant\", { cosine: {} }] }"
        )
        let space = try Fixture.space(text)
        for seed in UInt64(0)..<20 {
            let draw = SearchDraw(space, seed: seed)
            for trial in 0..<20 {
                let values = draw.values(ofTrial: trial, in: SearchWindow())
                let plan = try space.plan(of: values)
                let paths = Set(space.active(in: values).map(\.path))
                #expect(paths == Set(values.all.keys))
                for parameter in space.active(in: values) {
                    guard let (low, high) = parameter.bounds, let number = values.number(parameter.path) else {
                        continue
                    }
                    #expect(number >= low && number <= high)
                    #expect(!parameter.isWhole || number == number.rounded())
                }
                #expect((1e-4...1).contains(plan.learningRate) && (8...32).contains(plan.batchSize))
            }
        }
    }

    @Test func `a share of a range and its value undo each other, and whole numbers have equal shares`() throws {
        let space = try Fixture.space(
            Fixture.text(decay: "{ uniform: [0, 0.5] }", units: "{ uniform: [3, 7] }"))
        var random = SplitMix64(seed: 1)
        for parameter in space.parameters {
            for _ in 0..<200 {
                let share = Double.random(in: 0..<1, using: &random)
                let back = parameter.share(of: parameter.value(at: share))
                #expect(abs(back - share) <= (parameter.isWhole ? 0.1 : 1e-3))
            }
        }
        let units = space.parameters[0]
        let counts = (0..<1000).reduce(into: [Double: Int]()) {
            $0[units.value(at: Double($1) / 1000), default: 0] += 1
        }
        #expect(counts == [3: 200, 4: 200, 5: 200, 6: 200, 7: 200])
    }

    @Test func `a grid has every combination once, the ends of ranges among them`() throws {
        let space = try Fixture.space(
            Fixture.text(rate: "{ logUniform: [1e-4, 1] }", units: "{ choice: [8, 16, 32] }"))
        let grid = try SearchDraw(space, seed: 0).grid(5, in: SearchWindow())
        #expect(grid.count == 15 && Set(grid).count == 15)
        let rates = Set(grid.compactMap { $0.number(space.parameters[1].path) }).sorted()
        #expect(rates == [1e-4, 1e-3, 1e-2, 0.1, 1])
        #expect(throws: SettingsError.self) { try SearchDraw(space, seed: 0).grid(1_000_000, in: SearchWindow()) }
    }

    @Test func `a parameter keeps its numbers when another one joins the config`() throws {
        let (one, two) = (
            try Fixture.space(Fixture.text()), try Fixture.space(Fixture.text(decay: "{ uniform: [0, 1] }"))
        )
        let rate = one.parameters[0].path
        for trial in 0..<50 {
            let values = [one, two].map { SearchDraw($0, seed: 7).values(ofTrial: trial, in: SearchWindow())[rate] }
            #expect(values[0] == values[1])
        }
    }

    @Test func `each round is a third as wide, lies around the best and within the range`() throws {
        let space = try Fixture.space(Fixture.text(decay: "{ uniform: [0, 1] }", units: "{ choice: [4, 8, 16, 32] }"))
        for seed in UInt64(0)..<30 {
            let draw = SearchDraw(space, seed: seed)
            let ranked = (0..<9).map { draw.values(ofTrial: $0, in: SearchWindow()) }
            for round in 1...3 {
                let window = SearchWindow(round: round, around: ranked, in: space)
                for parameter in space.parameters where parameter.optionCount == nil {
                    let part = window.share(of: parameter)
                    let best = parameter.share(of: ranked[0].number(parameter.path) ?? .nan)
                    let width = [1.0, 1.0 / 3, 1.0 / 9, 1.0 / 27][round]
                    #expect(abs(part.upperBound - part.lowerBound - width) < 1e-12)
                    #expect(part.lowerBound >= 0 && part.upperBound <= 1 + 1e-12)
                    #expect(best >= part.lowerBound - 1e-12 && best <= part.upperBound + 1e-12)
                }
                let leading = ranked.prefix(3).compactMap { $0[space.parameters[0].path] }
                let options = window.options(of: space.parameters[0]).map { TrialValue.option($0) }
                #expect(Set(options) == Set(leading))
                let drawn = draw.values(ofTrial: 100, in: window)
                #expect(leading.contains(drawn[space.parameters[0].path] ?? .option(-1)))
            }
        }
    }
}
