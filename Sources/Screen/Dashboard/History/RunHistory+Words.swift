import Charts
import History
import Runs

extension RunHistory {
    /// The words of the event at an index of `events`.
    package func words(at index: Int) -> EventWords {
        var words = story.telling(at: index) { EventWords($0, pausedFor: $1) }
        if case .evaluation(let report) = events[index].content, report.position == best?.position {
            words.mark = .best
        }
        return words
    }

    /// Whether the run can go on without the process that it is in.
    package var canGoOnAlone: Bool { description.origin.directory != nil }

    /// A layer's values where they were measured, as points of a chart; see `LayerHistory.points`.
    package func layerPoints(
        layer: Int, _ value: KeyPath<LayerStatistics, Double>, over range: ClosedRange<Double>
    ) -> [ChartPoint] {
        layerHistory.points(layer: layer, value, over: range) { ChartPoint(x: $0, y: $1) }
    }

    /// A layer's histograms over the steps, as shades from 0 to 1; see `LayerHistory.heat`.
    package func heat(_ question: HeatQuestion) -> [Double] {
        layerHistory(of: question.quantity).heat(question, shading: HeatShades.shade)
    }
}

extension RateMark {
    /// Who changed the rate from what to what: `you 0.0659 → 0.0329`. A factor would be one of the rate before, beside others of
    /// the plan.
    package var words: String {
        goesBack
            ? "\(label), rate \(Figure.plain(new))"
            : "\(EventWords.who(author)) \(Figure.plain(old)) → \(Figure.plain(new))"
    }

    /// Whether the run went back to this step: the rate before was that of the line it left, and none of this one.
    package var goesBack: Bool { if case .rewind = command { true } else { false } }

    /// Few words: `you ×0.5`, `you 0.01`, `plan`.
    package var label: String {
        let who = EventWords.who(author)
        return switch command {
        case .setLearningRate(let rate), .rescaleSchedule(let rate): "\(who) \(Figure.plain(rate))"
        case .holdLearningRate(let factor): "\(who) hold \(Figure.factor(factor))"
        case .undo: "\(who) undo"
        case .restore: "\(who) go back"
        case .rewind: "\(who) rewind"
        case .scaleLearningRate(let factor): "\(who) \(Figure.factor(factor))"
        case .followSchedule: "plan"
        default: "\(who) new plan"
        }
    }
}

extension TuningMark {
    /// Who changed what: `you weight decay 0.001`.
    package var words: String { "\(EventWords.who(author)) \(label)" }

    /// What was changed, in few words: `wd 0.001`, `drop 0.5`, `freeze 3`.
    package var label: String { TuningWords.label(command) }
}

extension NoteMark {
    /// `you`, `run`, `disk`.
    package var who: String { EventWords.who(author) }
}
