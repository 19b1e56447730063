import Plans
import Searching
import Settings

/// Searches of small configs.
enum Fixture {
    /// A config of a small net with what is given in the places of its rate, its decay and its width.
    static func text(
        rate: String = "{ logUniform: [1e-5, 1] }", decay: String = "1e-4", units: String = "16", more: String = ""
    ) -> String {
        """
        {
          data: { spirals: { count: 100 } }, validation: { fraction: 0.2 },
          model: [{ linear: \(units) }, "relu", { linear: 3 }],
          optimizer: { sgd: { learningRate: \(rate), momentum: 0.9, weightDecay: \(decay) } },
          epochs: 9, seed: 1, \(more)
        }
        """
    }

    static let decoder = PlanDecoder(folderOf: { _ in "" })

    static func space(_ text: String) throws -> SearchSpace {
        try SearchSpace(Setting.parse(text: text, file: "search.json5"), decoder: decoder)
    }

    /// What a person is told of a config that cannot be searched.
    static func refusal(_ text: String) -> String? {
        do { _ = try space(text) } catch { return "\(error)" }
        return nil
    }
}
