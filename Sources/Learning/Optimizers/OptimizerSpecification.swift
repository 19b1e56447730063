import Fields
import Tensors

/// An update rule with its options, in PyTorch's terms and with its defaults: the kinds there are. What a rule is stands with its
/// type.
package enum OptimizerSpecification: Hashable, Sendable {
    case sgd(SGD)
    case adam(Adam)
    case adamW(AdamW)
    case rmsprop(RMSprop)
    case adagrad(Adagrad)
}

extension OptimizerSpecification: Alternatives {
    package static let alternatives: [Alternative<OptimizerSpecification>] = [
        Alternative(OptimizerSpecification.sgd), Alternative(OptimizerSpecification.adam),
        Alternative(OptimizerSpecification.adamW), Alternative(OptimizerSpecification.rmsprop),
        Alternative(OptimizerSpecification.adagrad),
    ]

    package var chosen: any Written { options }

    /// The rule itself.
    var options: any OptimizerOptions {
        switch self {
        case .sgd(let options): options
        case .adam(let options): options
        case .adamW(let options): options
        case .rmsprop(let options): options
        case .adagrad(let options): options
        }
    }

    /// The name in config files: `sgd`, `adamW`.
    package var name: String { type(of: options).word }
    /// What is wrong with the options, as the rest of a sentence that begins with the option's name; nil if nothing is.
    package var problem: String? { options.problem }
    /// The base of the learning rate's schedule.
    package var learningRate: Double {
        get { options.learningRate }
        set {
            var changed = options
            changed.learningRate = newValue
            self = Self.holding(changed)
        }
    }

    private static func holding(_ options: any OptimizerOptions) -> OptimizerSpecification {
        for alternative in alternatives where alternative.kind == type(of: options) {
            return alternative.whole(options)
        }
        preconditionFailure("\(type(of: options).word) is no optimizer")
    }

    /// The number of an option by its key, `momentum`; nil where the rule has none of that name.
    package func number(of key: String) -> Double? { options.number(of: key) }

    /// The same rule with another number of an option; nil where the rule has no such option, or could not go on so with what it
    /// remembers.
    package func with(_ key: String, _ number: Double) -> OptimizerSpecification? {
        guard let changed = options.with(key, number), changed.problem == nil, changed.slotNames == slotNames else {
            return nil
        }
        return Self.holding(changed)
    }
    /// PyTorch's `weight_decay`, 0 for none.
    package var weightDecay: Double { options.weightDecay }
    /// Whether the decay is the gradient of a term beside the loss; adamW's is not.
    package var decayIsPenalty: Bool { options.decayIsPenalty }
    /// PyTorch's names of the numbers that the rule remembers for each weight.
    package var slotNames: [String] { options.slotNames }
}

/// One kind of optimizer: its options as a table of fields, what they refuse, and its way through an update.
///
/// A new one is a struct with this protocol beside its `UpdateRule`, and its line in `OptimizerSpecification`.
protocol OptimizerOptions: Written, Hashable {
    var learningRate: Double { get set }
    var weightDecay: Double { get }
    var decayIsPenalty: Bool { get }
    /// PyTorch's names of the numbers that it remembers for each weight, at most 3, in the order of the rule's slots.
    var slotNames: [String] { get }

    /// Does one update.
    /// - Parameters:
    ///   - rate: The learning rate of this update.
    ///   - updates: How many were done before.
    func update(_ pass: UpdatePass, rate: Double, after updates: Int, _ pool: WorkerPool)
}

extension OptimizerOptions {
    var decayIsPenalty: Bool { true }

    func number(of key: String) -> Double? { Self.fields.first { $0.key == key }?.get(self)?.asNumber }

    func with(_ key: String, _ number: Double) -> (any OptimizerOptions)? {
        guard let field = Self.fields.first(where: { $0.key == key }) else { return nil }
        var options = self
        field.set(&options, .number(number))
        return options
    }

    /// What is wrong with numbers that must be at least 0: finite ones, or those below 1.
    static func problem(finite: KeyValuePairs<String, Double>, belowOne: KeyValuePairs<String, Double> = [:]) -> String?
    {
        if let (name, _) = belowOne.first(where: { !($0.value >= 0 && $0.value < 1) }) {
            return "\(name) must be at least 0 and below 1"
        }
        if let (name, _) = finite.first(where: { !($0.value >= 0 && $0.value < .infinity) }) {
            return "\(name) must be a finite number, at least 0"
        }
        return nil
    }
}

extension Field {
    static func learningRate(_ path: WritableKeyPath<Owner, Double> & Sendable) -> Field {
        Field("learningRate", path, .number(.rate), "how far a step goes; the base of the schedule").main
    }

    static func weightDecay(
        _ path: WritableKeyPath<Owner, Double> & Sendable,
        _ meaning: String = "the L2 penalty: half of it times the sum of the squared weights joins the loss"
    ) -> Field {
        Field("weightDecay", path, .number(.within(0...1e6)), meaning)
    }

    static func epsilon(_ path: WritableKeyPath<Owner, Double> & Sendable) -> Field {
        Field("eps", path, .number(.positive), "what is added to the root that a step is divided by")
    }
}
