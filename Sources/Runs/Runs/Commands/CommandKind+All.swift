import Fields

extension CommandKind {
    /// Every kind of command, in the order in which messages and the reference list them.
    package static let all: [CommandKind] = [
        pause, resume, step, setLearningRate, holdLearningRate, rescaleSchedule, scaleLearningRate, followSchedule,
        setSchedule, undo, restore, rewind, race, findLearningRate, check, evaluate, checkpoint, save, stop,
        setWeightDecay, setMomentum, setBeta1, setGradientClipping, setDropout, setPatience, setEvaluationInterval,
        setEpochs, setBatchSize, freeze, unfreeze, reinitialize, reinitializeDeadUnits, clearOptimizerState, note,
    ]

    /// The words of all kinds, second ones included.
    package static let words = all.flatMap { kind in kind.alias.map { [kind.word, $0] } ?? [kind.word] }

    /// The kind that a script calls so, by its word or its second one.
    package static func named(_ word: String) -> CommandKind? { all.first { $0.word == word || $0.alias == word } }

    /// Holds the rate; refused for what is no rate (above 0, at most 1e6), and to policies while a person holds it.
    package static let setLearningRate = CommandKind(
        "setLearningRate", .number(.rate), "holds the rate at a value, whatever the schedule says", example: "0.01",
        make: RunCommand.setLearningRate, value: { if case .setLearningRate(let rate) = $0 { rate } else { nil } },
        refusal: { _, rules, author in rules.heldRefusal(from: author) }
    ).called("the rate").palette("hold", "hold the rate at X, *0.5 or /3", argument: "X", synonyms: ["set", "fix"])

    package static let holdLearningRate = CommandKind(
        "holdLearningRate", .number(.positive), "multiplies the rate once and holds what it is then", example: "0.5",
        make: RunCommand.holdLearningRate,
        value: { if case .holdLearningRate(let factor) = $0 { factor } else { nil } },
        refusal: { factor, rules, author in rules.refusal(scalingBy: factor, from: author) }
    ).called("the factor")

    package static let rescaleSchedule = CommandKind(
        "rescaleSchedule", .number(.rate), "follows the schedule, multiplied so that the rate is this one now",
        example: "0.01", make: RunCommand.rescaleSchedule,
        value: { if case .rescaleSchedule(let rate) = $0 { rate } else { nil } },
        refusal: { _, rules, author in
            rules.plannedRate > 0
                ? rules.heldRefusal(from: author) : "the planned rate is 0 here: hold the rate instead"
        }
    ).called("the rate").palette(
        "rescale", "rescale the plan to a rate of X, *0.5 or /3", argument: "X", synonyms: ["rebase"])

    /// Multiplies the rate; refused where the product would be no rate.
    package static let scaleLearningRate = CommandKind(
        "scaleLearningRate", .number(.positive), "multiplies the rate and keeps on following or holding it",
        example: "0.5", make: RunCommand.scaleLearningRate,
        value: { if case .scaleLearningRate(let factor) = $0 { factor } else { nil } },
        refusal: { factor, rules, author in rules.refusal(scalingBy: factor, from: author) }
    ).called("the factor").palette(
        "scale", "multiply the rate by F", argument: "F",
        synonyms: ["multiply", "times", "halve", "double", "divide", "raise", "lower"])

    /// Goes back to the schedule, dropping a held rate and every multiplier.
    package static let followSchedule = CommandKind(
        "followSchedule", .followSchedule, "goes back to the schedule, dropping a held rate and every multiplier",
        refusal: { $0.heldRefusal(from: $1) }
    ).palette("plan", "back to the planned rate", synonyms: ["follow", "reset", "release", "unhold"])

    /// Replaces the rest of the schedule; refused where it would give what is no rate, or does not fit the steps
    /// left.
    package static let setSchedule = CommandKind(
        "setSchedule", .choice, "replaces the rest of the schedule from the next update on",
        example: "{ cosine: { to: 0, rate: 0.05 } }", make: RunCommand.setSchedule,
        value: { if case .setSchedule(let change) = $0 { change } else { nil } },
        refusal: { change, rules, author in
            change.refusal(
                learningRate: rules.learningRate, stepsLeft: rules.stepsLeft, stepsPerEpoch: rules.stepsPerEpoch)
                ?? rules.heldRefusal(from: author)
        }
    ).palette("schedule", "edit the rest of the plan", synonyms: ["cosine", "decay", "warmup", "anneal", "restart"])

    package static let undo = CommandKind(
        "undo", .undo, "takes back the last change of the rate or the schedule by hand",
        refusal: { rules, _ in rules.canUndo ? nil : "no change by hand is left to undo" }
    ).palette("undo", "take back the last change of the rate or the plan by hand", synonyms: ["revert", "back"])

    package static let restore = CommandKind(
        "restore", .restoration, "goes back to the latest sound weights, or to the best ones",
        example: "{ from: \"snapshot\", scale: 0.3 }", make: RunCommand.restore,
        value: { if case .restore(let restoration) = $0 { restoration } else { nil } },
        refusal: { restoration, rules, author in
            switch restoration.from {
            case .snapshot where rules.snapshot == nil: return "no sound weights have been kept yet"
            case .best where !rules.hasBest: return "there was no evaluation yet"
            default: break
            }
            return restoration.scale == 1 ? nil : rules.refusal(scalingBy: restoration.scale, from: author)
        }
    ).palette(
        "restore", "go back to the latest sound weights, or to the best ones", argument: "snapshot|best",
        synonyms: ["recover", "rollback", "nan"],
        mistake: "say which weights to go back to: restore snapshot or restore best")

    /// Goes back in time; refused where no moment on the way is kept, and beyond now.
    package static let rewind = CommandKind(
        "rewind", .rewind, "goes back in time: the run stands as it stood before an update, on a branch of its own",
        example: "{ to: 340, scale: 0.3 }", make: RunCommand.rewind,
        value: { if case .rewind(let rewind) = $0 { rewind } else { nil } },
        refusal: { rewind, rules, _ in
            guard let earliest = rules.earliestMoment else {
                return "no moment is kept to go back to; a run directory (--save) or more checkpoints.memory keeps some"
            }
            if rewind.to >= rules.step { return "the run stands before step \(rules.step); say an earlier one" }
            if rewind.to < earliest { return "the earliest moment that is kept is step \(earliest)" }
            return rewind.scale == 1 || rewind.rate == nil ? nil : "a rate and a scale do not go together; say one"
        }
    ).called("the moment").palette(
        "rewind", "go back in time to step N, on a branch of its own", argument: "N",
        synonyms: ["back", "travel", "time", "earlier"])

    /// Races copies; refused where there is nothing to race with, and after the last step.
    package static let race = CommandKind(
        "race", .race, "trains copies from here on at several rates for a while, and says which does best",
        example: "{ steps: 100, scales: [0.3, 1, 3] }", make: RunCommand.race,
        value: { if case .race(let race) = $0 { race } else { nil } },
        refusal: { race, rules, author in
            if race.scales.isEmpty { return "a race needs at least one scale" }
            if race.scales.count > Race.mostCopies { return "at most \(Race.mostCopies) copies race" }
            if rules.stepsLeft < 1 { return "no step is left to race over" }
            if rules.learningRate <= 0 { return "the rate is 0 here: every copy would stand still" }
            return race.scales.lazy.compactMap { rules.refusal(scalingBy: $0, from: author) }.first
        }
    ).palette(
        "race", "train copies at several rates, and choose one",
        synonyms: ["fork", "compare", "rates", "try", "search"])

    /// Tests rates on a copy; refused after the last step.
    package static let findLearningRate = CommandKind(
        "findLearningRate", .rateTest,
        "trains a copy at rates that rise from step to step, and says which are good",
        example: "{ from: 1e-5, to: 1 }", make: RunCommand.findLearningRate,
        value: { if case .findLearningRate(let test) = $0 { test } else { nil } },
        refusal: { test, rules, author in
            if let problem = test.problem { return problem }
            return rules.stepsLeft < 1 ? "no step is left to find a rate for" : rules.heldRefusal(from: author)
        }
    ).palette(
        "findrate", "train a copy at rising rates, and take one that is good",
        synonyms: ["rates", "range", "test", "finder", "search", "suggest"])

    /// Checks the run as it began; never refused while it is alive.
    package static let check = CommandKind(
        "check", .check, "climbs the pre-flight ladder with a network that begins anew: is this worth training?",
        refusal: { _, _ in nil }
    ).palette(
        "check", "climb the pre-flight ladder with a network that begins anew",
        synonyms: ["preflight", "sanity", "gradient", "ladder"])

    /// Pauses; refused where the run is paused, or where nothing could ever resume it.
    package static let pause = CommandKind(
        "pause", .pause, "pauses before the next update",
        refusal: { rules, _ in
            if rules.phase.isPaused { return "already paused" }
            return rules.canResume ? nil : "nothing could ever resume this run"
        }
    ).palette("pause", "pause the run", synonyms: ["halt", "wait"])

    /// Goes on; refused where the run is not paused.
    package static let resume = CommandKind(
        "resume", .resume, "goes on training",
        refusal: { rules, _ in rules.phase.isPaused ? nil : "training is not paused" }
    ).palette("resume", "go on training", synonyms: ["continue", "go", "unpause"])

    /// Makes updates while paused, 1 to `CommandRules.mostSteps`; refused where the run is not paused.
    package static let step = CommandKind(
        "step", .integer(1...CommandRules.mostSteps), "makes that many updates while paused and pauses again",
        example: "20", make: RunCommand.step, value: { if case .step(let count) = $0 { count } else { nil } },
        refusal: { _, rules, _ in rules.phase.isPaused ? nil : "single steps are made only while paused" }
    ).called("the number of steps").alias("steps").palette(
        "step", "make N updates while paused, or one", argument: "N", synonyms: ["next", "iterate", "update"])

    /// Evaluates now; refused where there is no validation set.
    package static let evaluate = CommandKind(
        "evaluate", .evaluate, "measures loss and accuracy on the validation set now",
        refusal: { rules, _ in rules.hasValidation ? nil : "there is no validation set" }
    ).palette("evaluate", "evaluate on the validation set now", synonyms: ["validate", "test", "accuracy"])

    /// Writes a checkpoint; refused where there is no run directory for it.
    package static let checkpoint = CommandKind(
        "checkpoint", .checkpoint, "writes a checkpoint now, from which the run can be resumed",
        refusal: { rules, _ in
            rules.keepsCheckpoints ? nil : "the run has no directory to keep one in; --run DIR or --save gives it one"
        }
    ).palette("checkpoint", "write a checkpoint now", synonyms: ["save", "keep", "snapshot"])

    /// Writes the whole state elsewhere, as where the run's own disk is full; refused without a name and where there is a file.
    package static let save = CommandKind(
        "save", .text, "writes the whole state to a new file, wherever that is", example: "\"/tmp/state.safetensors\"",
        make: RunCommand.save, value: { if case .save(let path) = $0 { path } else { nil } },
        refusal: { path, _, _ in
            path.isEmpty || path.utf8.contains(0) ? "a file needs a name, as in state.safetensors" : nil
        }
    ).called("the file").palette(
        "save", "write the whole state to a new file elsewhere", argument: "PATH",
        synonyms: ["disk", "full", "elsewhere", "weights"])

    /// Ends the run and says which weights are kept; never refused.
    package static let stop = CommandKind(
        "stop", .kept, "ends the run early and keeps these weights", example: "{ keep: \"best\" }",
        make: RunCommand.stop(keep:), value: { if case .stop(let keep) = $0 { keep } else { nil } },
        refusal: { _, _, _ in nil }
    ).palette(
        "stop", "stop early and keep these weights", argument: "best|last", synonyms: ["end", "finish", "abort"],
        mistake: "say which weights to keep: stop best or stop last")

    /// Keeps words at this step; refused without words and beyond `CommandRules.longestNote` characters.
    package static let note = CommandKind(
        "note", .text, "keeps words at this step, in the log and the journal", example: "\"words\"",
        make: RunCommand.note, value: { if case .note(let text) = $0 { text } else { nil } },
        refusal: { text, _, _ in
            if text.allSatisfy(\.isWhitespace) { return "a note needs words" }
            return text.count <= CommandRules.longestNote
                ? nil : "a note has at most \(CommandRules.longestNote) characters"
        }
    ).palette("note", "keep words at this step", argument: "WORDS", synonyms: ["comment", "journal"])
}

extension FieldType<KeptWeights> {
    /// `"best"` or `{ keep: "best" }`; `true` and `{}` keep the best.
    fileprivate static var kept: FieldType {
        let (word, object) = (FieldType.word, FieldType<KeptWeights.Choice>.object)
        return FieldType(
            .either(
                [.yes, word.form, object.form], due: "{ \"keep\": \"best\" } or { \"keep\": \"last\" } is due here"),
            decode: { value in
                switch value {
                case .flag: .best
                case .written: object.decode(value).keep
                default: word.decode(value)
                }
            },
            encode: { keep in
                var choice = KeptWeights.Choice()
                choice.keep = keep
                return .written(choice)
            })
    }
}
