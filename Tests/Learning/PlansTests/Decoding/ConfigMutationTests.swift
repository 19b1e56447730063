import NeuralNetworks
import Plans
import Settings
import TestSupport
import Testing

/// Configs broken at random: each is a run or one clear error, and nothing crashes.
@Suite struct ConfigMutationTests {
    private static let original = """
        { name: "m", data: { blobs: { count: 60, classes: 3, features: 36, spread: 1, seed: 1 } },
          validation: { fraction: 0.2 }, preprocessing: [{ standardize: "all" }, "zeroMean"],
          model: [{ linear: { units: 6, bias: false } }, "batchNorm", { leakyRelu: 0.1 }, { dropout: 0.5 }, { linear: 3 }],
          initializer: { normal: { std: 0.1, bias: 0 } }, loss: "crossEntropy",
          optimizer: { sgd: { learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4, nesterov: true } },
          gradientClipping: { norm: 1 }, schedule: { cosine: { to: 0, warmup: { epochs: 1 } } },
          plateau: { patience: 2, factor: 0.5 }, earlyStopping: { patience: 3 },
          epochs: 2, batchSize: 16, shuffle: true, dropLast: false, seed: 1, threads: 1, statistics: { every: 10, budget: 0.02 } }
        """

    /// What a token may turn into.
    private static let tokens = [
        "-1", "0", "1", "2", "0.5", "1e9", "1e-9", "1e308", "65535", "true", "false", "null", "[]", "{}", "[1, 2]",
        "\"relu\"",
        "\"flatten\"", "\"softmax\"", "\"globalAvgPool\"", "\"digits\"", "{ conv2d: { filters: 2, kernel: 3 } }",
        "{ conv1d: { filters: 2, kernel: 3 } }", "{ maxPool2d: 2 }", "{ linear: 5 }", "\"mse\"", "\"hinge\"",
        "\"adam\"",
        "{ rmsprop: { centered: true } }", "{ step: 3 }", "\"oneCycle\"", "{ fraction: 0.99 }", "{ fraction: 0.01 }",
        "{ digits: 60 }", "\"channels\"", "",
    ]

    /// What a number may turn into.
    private static let numbers = [
        "0", "1", "2", "3", "5", "7", "16", "48", "49", "60", "100", "0.5", "0.01", "0.999", "-1", "1e6",
    ]

    @Test func `two thousand mutations decode or throw`() throws {
        var generator = SplitMix64(seed: 7)
        let words = Self.words(Self.original)
        var (decoded, built, refused) = (0, 0, 0)
        for _ in 0..<2_000 {
            var mutated = words
            for _ in 0...Int.random(in: 0..<2, using: &generator) {
                let place = Int.random(in: 0..<mutated.count, using: &generator)
                switch Int.random(in: 0..<16, using: &generator) {
                case 0: mutated.remove(at: place)
                case 1: mutated.swapAt(place, Int.random(in: 0..<mutated.count, using: &generator))
                case 2: mutated[place] = mutated.randomElement(using: &generator) ?? ""
                case 3: mutated[place] = Self.tokens.randomElement(using: &generator) ?? ""
                case 4..<8:
                    let names = mutated.indices.filter { mutated[$0].hasPrefix("\"") }
                    mutated[names.randomElement(using: &generator) ?? place] =
                        Self.tokens.randomElement(using: &generator) ?? ""
                default:
                    let numbers = mutated.indices.filter { mutated[$0].first?.isNumber == true }
                    mutated[numbers.randomElement(using: &generator) ?? place] =
                        Self.numbers.randomElement(using: &generator) ?? ""
                }
            }
            guard var plan = try decode(mutated.joined()) else { continue }
            decoded += 1
            guard Self.isSmall(plan) else { continue }
            plan.threads = 1
            do throws(PreparationError) {
                let material = try RunMaterial(plan: plan)
                #expect(
                    material.description.lengths.totalSteps == plan.epochs * material.description.lengths.stepsPerEpoch)
                built += 1
            } catch {
                #expect(!error.description.contains("\n"))
                refused += 1
            }
        }
        // All outcomes are common, so that the mutations are neither too wild nor too tame.
        #expect(decoded > 300 && built > 100 && refused > 30, "\(decoded) decoded, \(built) built, \(refused) refused")
    }

    @Test func `bytes broken at random decode or throw`() throws {
        var mutations = Mutations(of: Self.original, seed: 8)
        for _ in 0..<500 {
            let bytes = mutations.next()
            do throws(SettingsError) {
                let setting = try Setting.parse(bytes, file: "run.json5")
                _ = try PlanDecoder(folderOf: { _ in "" }).plan(setting)
            } catch {
                #expect(!error.description.contains("\n"))
            }
        }
    }

    /// The plan of a text, or nil where it is refused in one line that names the file.
    private func decode(_ text: String) throws -> RunPlan? {
        do throws(SettingsError) {
            return try PlanDecoder(folderOf: { _ in "" }).plan(Setting.parse(text: text, file: "run.json5"))
        } catch {
            #expect(error.description.hasPrefix("run.json5:") && !error.description.contains("\n"))
            return nil
        }
    }

    /// Whether the run is quickly prepared; what is too large for the machine is small again, since it is refused.
    private static func isSmall(_ plan: RunPlan) -> Bool {
        let most =
            switch plan.data.source {
            case .digits: 100 * 28 * 28
            case .spirals: 2_000
            case .blobs, .sequences, .random: 10_000
            case .idx, .cifar10, .csv, .npy, .npz, .imageFolder: -1
            }
        guard plan.data.source.options.numberCount <= most else { return false }
        return plan.model.allSatisfy { layer in
            if case .linear(let linear) = layer { linear.units <= 1_000 } else { true }
        }
    }

    /// Words, numbers, strings and single signs, whose concatenation is the text.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var last: Character = " "
        for character in text {
            let joins = { (one: Character) in one.isLetter || one.isNumber || "\"-.".contains(one) }
            if joins(character), joins(last), !words.isEmpty {
                words[words.count - 1].append(character)
            } else {
                words.append(String(character))
            }
            last = character
        }
        return words
    }
}
