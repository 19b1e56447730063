import Datasets
import Fields
import Machine
import NeuralNetworks
import Optimizers
import Runs
import Settings

/// Everything a run is made of, as a config says it: values only, nothing is loaded or built yet.
///
/// A new key of configs is a property with its default and its line in `fields`.
package struct RunPlan: Written {
    /// What the run is called, 1 to 64 characters; empty until the config's file has given its name.
    package var name = ""
    /// Where the dashboard opens, one of `screens`; nil where the config leaves that to the person's settings and last look.
    package var screen: String?
    /// Runs that charts draw behind this one: run directories, event files or logs.
    package var compare: [String] = []
    /// Where the examples come from.
    package var data = DataPlan(.digits(Digits()))
    /// nil where nothing is held out.
    package var validation: ValidationPlan?
    /// What is done to inputs, in order, fitted on the training set.
    package var preprocessing: [Preprocessing] = []
    /// What is changed at random in training examples, in order.
    package var augmentation: [Augmentation] = []
    /// At least one layer.
    package var model: [LayerSpecification] = []
    /// How layers begin that don't say it themselves.
    package var initializer = LayerInitializer(.standard)
    /// What training makes small.
    package var loss: Loss = .crossEntropy
    /// How weights follow their gradients, and the first learning rate.
    package var optimizer = OptimizerSpecification.sgd(SGD())
    /// A bound on the gradients before an update; nil for none.
    package var gradientClipping: GradientClipping?
    /// How the learning rate goes on.
    package var schedule = ScheduleSpecification()
    /// When the rate is scaled down because evaluations stopped improving; nil for never.
    package var plateau: PlateauPlan?
    /// When the run ends because evaluations stopped improving; nil for never.
    package var earlyStopping: EarlyStoppingPlan?
    /// Which weights are in memory once the plan is done or early stopping has ended it; nil for the best with early stopping, else the
    /// last.
    package var restore: KeptWeights?
    /// What is done about numbers that are not finite where nobody steers.
    package var onNotFinite = NotFinitePlan.stop(.init())
    /// How often every example is learned from, at least 1.
    package var epochs = 10
    /// How many examples make an update, at least 1.
    package var batchSize = 32
    /// Whether each epoch has an order of its own.
    package var shuffle = true
    /// Whether a last batch of an epoch that is not full is left out.
    package var dropLast = false
    /// Decides every random number of the run.
    package var seed: UInt64 = 0
    /// Threads of the worker pool; nil for one per core.
    package var threads: Int?
    /// How often the layers are measured.
    package var statistics = StatisticsPlan()
    /// Whether the run is diagnosed while it goes on.
    package var diagnosis = true
    /// When the run's state is written to its directory.
    package var checkpoints = CheckpointPlan()

    /// The config the plan was read from, for errors about the whole.
    package var settings = Setting(.object([]), at: Place(file: "", line: 1, column: 1))
    /// Where each entry of `model` stands in the config, for errors about shapes.
    package var modelSettings: [Setting] = []

    /// A plan with every default, and without layers.
    package init() {}

    /// The dashboard's screens by name; the first is where it opens unless somebody says otherwise.
    package static let screens = ["overview", "layers", "learningRate", "updates", "system", "log"]
    /// Letters of the longest name.
    static let longestName = 64

    package static let word = "config"
    package static let meaning = "a run: its data, its network and how it is trained"
    package static let example = "{ data: \"digits\", model: [\"flatten\", { linear: 10 }] }"
    package static let fields: [Field<RunPlan>] = [
        Field(
            "name", \.name,
            .text.checked("text of 1 to \(longestName) characters") {
                $0.isEmpty || $0.count > longestName ? "a name of 1 to \(longestName) characters is due" : nil
            }, "what the run is called"
        ).otherwise("the name of the config's file"),
        Field("screen", \.screen, .screen, "the screen that the dashboard opens with").otherwise("the one left last"),
        Field(
            "compare", \.compare, .oneOrMorePaths,
            "recorded runs that charts show behind this one: run directories, event files or logs of --log"
        ).brief.otherwise("none"),
        Field("data", \.data, .choice, "where the examples come from").required,
        Field("validation", \.validation, .validation, "examples that are held out").otherwise("none"),
        Field("preprocessing", \.preprocessing, .list(.choice), "what is done to inputs, fitted on the training set")
            .brief,
        Field("augmentation", \.augmentation, .list(.choice), "what is changed at random in training examples").brief,
        Field(
            "model", \.model, .list(.choice).checked { $0.isEmpty ? "a model needs at least one layer" : nil },
            "the layers, one reading the other"
        ).required,
        Field("initializer", \.initializer, .choice, "how the weights begin, where a layer doesn't say it itself"),
        Field("loss", \.loss, .choice, "what training makes small"),
        Field("optimizer", \.optimizer, .choice, "how weights follow their gradients"),
        Field("gradientClipping", \.gradientClipping, .optional(.clipping), "a bound on the gradients before an update")
            .otherwise("none"),
        Field("schedule", \.schedule, .choice, "how the learning rate goes on"),
        Field("plateau", \.plateau, .switched(), "scales the rate down when evaluations stop improving").otherwise(
            "off"),
        Field("earlyStopping", \.earlyStopping, .switched(), "stops when evaluations stop improving").otherwise("off"),
        Field(
            "restore", \.restore, .optional(.word),
            "which weights the run ends with: what is saved on leaving and evaluated afterwards; files keep both"
        ).brief.otherwise("best with earlyStopping, else last"),
        Field(
            "onNotFinite", \.onNotFinite, .choice,
            "what is done about a step or an evaluation that is not finite where nobody can steer"
        ).brief,
        Field("epochs", \.epochs, .integer(1...1_000_000), "how often every example is learned from"),
        Field("batchSize", \.batchSize, .integer(1...1_000_000), "how many examples make an update"),
        Field("shuffle", \.shuffle, .flag, "whether each epoch has an order of its own"),
        Field("dropLast", \.dropLast, .flag, "whether a last batch that is not full is left out"),
        Field("seed", \.seed, .unsigned, "decides every random number of the run"),
        Field("threads", \.threads, .optional(.integer(1...256)), "how many threads compute; no bit depends on it")
            .otherwise("one for each core"),
        Field("statistics", \.statistics, .statistics, "how often the layers are measured"),
        Field("diagnosis", \.diagnosis, .flag, "whether it is said, with its cause, when something is wrong").brief,
        Field("checkpoints", \.checkpoints, .checkpoints, "how often the whole state is written to the run directory"),
    ]

    /// Whether the best weights are what the run ends with.
    package var restoresBest: Bool { restore.map { $0 == .best } ?? (earlyStopping != nil) }

    /// Views that an evaluation averages over; none is the examples as they are.
    package var averaging: [AveragedView] { validation?.averaging ?? [] }

    /// The optimizer's rate, the base of the schedule.
    package var learningRate: Double {
        get { optimizer.learningRate }
        set { optimizer.learningRate = newValue }
    }

    /// The program's version, as run directories record it.
    package static let programVersion = "0.1.0"

    /// The plan as a config, every default written out; reading it gives the same plan. Paths mean the same wherever it is put.
    package var json: JSON {
        var plan = self
        let folder = Folder.current
        plan.data = data.withAbsolutePaths(from: folder)
        plan.compare = compare.map { $0.isAbsolutePath ? $0 : "\(folder)/\($0)" }
        guard case .object(var members) = JSON(writing: plan) else { preconditionFailure("a plan is an object") }
        // The data before the screen, the threads at the end, as run directories have always had them.
        if let screen = members.firstIndex(where: { $0.0 == "screen" }),
            let data = members.firstIndex(where: { $0.0 == "data" })
        {
            members.insert(members.remove(at: data), at: screen)
        }
        if let threads = members.firstIndex(where: { $0.0 == "threads" }) {
            members.append(members.remove(at: threads))
        }
        return .object(members)
    }
}

extension FieldType<[String]> {
    /// One path, or a list of them.
    fileprivate static var oneOrMorePaths: FieldType {
        let several = FieldType.list(.path)
        return FieldType(
            .either([several.form, .path]),
            decode: { if case .text(let path) = $0 { [path] } else { several.decode($0) } },
            encode: { paths in paths.count == 1 ? .text(paths[0]) : several.encode(paths) })
    }
}

extension FieldType<String?> {
    /// The name of a screen; the first needs not be written.
    fileprivate static var screen: FieldType {
        let name = FieldType<String>.word(RunPlan.screens)
        return FieldType(
            name.form, decode: { name.decode($0) },
            encode: { screen in screen.flatMap { $0 == RunPlan.screens[0] ? nil : name.encode($0) } })
    }
}

extension FieldType<ValidationPlan?> {
    /// An object that is left out where it says nothing.
    fileprivate static var validation: FieldType {
        let object = FieldType<ValidationPlan>.object
        return FieldType(
            object.form, decode: { object.decode($0) },
            encode: { plan in plan.flatMap { $0 == ValidationPlan() ? nil : object.encode($0) } })
    }
}

extension FieldType<CheckpointPlan> {
    /// An object, left out where it says nothing.
    fileprivate static var checkpoints: FieldType {
        let object = FieldType.object
        return FieldType(
            object.form, decode: object.decode,
            encode: { plan in plan == CheckpointPlan() ? nil : object.encode(plan) })
    }
}

extension FieldType<GradientClipping> {
    /// A bound, or a number that bounds the norm.
    fileprivate static var clipping: FieldType {
        let choice = FieldType.choice
        return FieldType(
            .either([.number(.positive), choice.form]),
            decode: { if case .number(let most) = $0 { .norm(most) } else { choice.decode($0) } }, encode: choice.encode
        )
    }
}

extension FieldType {
    /// Options, for which `true` stands too; `false` and null are none.
    fileprivate static func switched<Wrapped: Written>() -> FieldType where Value == Wrapped? {
        let object = FieldType<Wrapped>.object
        return FieldType(
            .either([.flag, .nullable(object.form)]),
            decode: { value in
                switch value {
                case .flag(let isOn): isOn ? Wrapped() : nil
                case .null: nil
                default: object.decode(value)
                }
            }, encode: { $0.flatMap(object.encode) })
    }
}
