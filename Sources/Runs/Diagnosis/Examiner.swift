import Runs

/// Diagnoses a run while it goes on: takes its reports, asks the rules, and says what is raised and what is cleared.
///
/// A value without clock and screen: the same reports give the same findings, so that it is kept with the run's state and goes
/// back in time with it.
package struct Examiner: Sendable {
    /// What is known of the run beforehand.
    package let subject: RunSubject
    /// What it has seen and said.
    package private(set) var memory: Memory
    /// What was said since it was last taken, oldest first.
    private var said: [Finding] = []

    /// What an examiner has seen and said, as a run's state keeps it.
    package struct Memory: Hashable, Sendable, Codable {
        /// All that the rules judge by.
        package fileprivate(set) var signs: Signs
        /// One a rule, in the order of `Rule.all`.
        fileprivate var standings: [Standing]
        /// The kind that was told as the headline.
        fileprivate var headline: FindingKind?

        /// Whether it can be that of this program.
        package var isSound: Bool { standings.count == Rule.all.count }
    }

    /// What was answered to a rule.
    fileprivate struct Standing: Hashable, Sendable, Codable {
        /// The last answers, the newest in the lowest bit; and how many there were.
        var votes: UInt64 = 0
        var answers = 0
        var quiet = 0
        /// When the first of the answers was given that count.
        var firstFound: Int?
        var raised: Raised?
    }

    /// A finding that stands.
    fileprivate struct Raised: Hashable, Sendable, Codable {
        var onset: Int
        var evidence: Evidence
        var text: String
    }

    /// A run before its first step, or one that goes on.
    package init(_ subject: RunSubject, memory: Memory? = nil) {
        self.subject = subject
        self.memory =
            memory
            ?? Memory(
                signs: Signs(subject), standings: Array(repeating: Standing(), count: Rule.all.count), headline: nil)
    }

    /// Stands where it stood.
    package mutating func stand(at memory: Memory) {
        self.memory = memory
        said = []
    }

    /// Takes an update that was made, and what it did to the weights where that was measured.
    package mutating func take(_ step: StepReport, _ made: UpdateReport?) {
        memory.signs.take(step, made, isDecoupled: subject.decayIsDecoupled)
        ask(.step)
        memory.signs.settle()
    }

    /// Takes an update that was not made, and what was not finite in words.
    package mutating func take(notFinite step: StepReport, _ words: String) {
        memory.signs.take(step, nil, isDecoupled: subject.decayIsDecoupled)
        memory.signs.takeNotFinite(words)
        ask(.notFinite)
    }

    /// Takes what layers looked like in the newest update.
    /// - Parameter measured: by the place of the layer. Allocates nothing after the first time.
    package mutating func takeLayers(_ measured: (Int) -> LayerSigns) {
        let isFirst = memory.signs.layersMeasured == 0 && memory.signs.step <= 0
        memory.signs.takeLayers(subject.links.count, measured)
        if isFirst { ask(.beginning) }
        ask(.layers)
    }

    /// Takes a probe of the weights of now: examples that are looked at as in an evaluation.
    ///
    /// - Parameters:
    ///   - units: of each watched layer.
    ///   - share: of them that fire for none of the examples; NaN where no unit can die.
    package mutating func takeProbe(_ examples: Int, units: [Int], dead share: (Int) -> Double) {
        memory.signs.takeProbe(examples, units: units, share)
        ask(.probe)
    }

    /// Takes the loss of a batch with its own statistics and with the running ones.
    package mutating func take(training: Double, evaluation: Double) {
        memory.signs.take(Signs.ModeSigns(training: training, evaluation: evaluation))
        ask(.modes)
    }

    /// Takes an evaluation.
    package mutating func take(_ report: EvaluationReport) {
        if let chance = subject.chanceLoss {
            memory.signs.noteFar(report.loss > 1.3 * memory.signs.loss.now && report.loss > 1.2 * chance)
        }
        memory.signs.take(report)
        ask(.evaluation)
    }

    /// Takes the answer to a command.
    package mutating func take(_ receipt: Receipt) { memory.signs.take(receipt) }

    /// What was said since it was asked last.
    package mutating func takeFindings() -> [Finding] {
        guard !said.isEmpty else { return [] }
        defer { said.removeAll() }
        return said
    }

    /// What stands now, the headline first.
    package var standing: [Finding] {
        let kinds = raisedKinds
        return kinds.map { finding($0, .raised, isHeadline: $0 == kinds.first) }
    }

    // MARK: Asking

    private mutating func ask(_ occasion: Rule.Occasion) {
        var hasChanged = false
        for (index, rule) in Rule.all.enumerated() where rule.occasion == occasion {
            let change = hear(rule.judge(memory.signs, subject), rule, index)
            hasChanged = hasChanged || change
        }
        if hasChanged { tellHeadline() }
    }

    /// Whether the rule was raised or cleared.
    private mutating func hear(_ verdict: Verdict, _ rule: Rule, _ index: Int) -> Bool {
        let step = max(0, memory.signs.step)
        switch verdict {
        case .unsure: return false
        case .quiet:
            note(false, index)
            memory.standings[index].quiet += 1
            guard memory.standings[index].raised != nil, memory.standings[index].quiet >= 2 * rule.of else {
                return false
            }
            memory.standings[index].raised = nil
            // Another rule of the same kind may still say so.
            if !isRaised(rule.kind) { say(rule, index, .cleared, onset: step) }
            return true
        case .found(let evidence), .certain(let evidence):
            note(true, index)
            memory.standings[index].quiet = 0
            if memory.standings[index].firstFound == nil { memory.standings[index].firstFound = step }
            let isEnough =
                if case .certain = verdict { true } else {
                    (memory.standings[index].votes & Self.mask(rule.of)).nonzeroBitCount >= rule.needed
                }
            guard isEnough, memory.standings[index].raised == nil else { return false }
            if rule.kind.isLastResort, isExplained { return false }
            let wasRaised = isRaised(rule.kind)
            memory.standings[index].raised = Raised(
                onset: rule.occasion == .beginning ? 0 : memory.standings[index].firstFound ?? step, evidence: evidence,
                text: "")
            let (text, _) = rule.explain(evidence, memory.signs, subject)
            memory.standings[index].raised?.text = text
            if !wasRaised { said.append(finding(rule.kind, .raised, isHeadline: rule.kind == raisedKinds.first)) }
            if !wasRaised, rule.kind == raisedKinds.first { memory.headline = rule.kind }
            return true
        }
    }

    private mutating func note(_ isFound: Bool, _ index: Int) {
        memory.standings[index].votes = memory.standings[index].votes << 1 | (isFound ? 1 : 0)
        memory.standings[index].answers += 1
        if memory.standings[index].votes & Self.mask(Rule.all[index].of) == 0 {
            memory.standings[index].firstFound = nil
        }
    }

    private static func mask(_ count: Int) -> UInt64 { count >= 64 ? .max : (1 << UInt64(count)) - 1 }

    /// Whether something stands that is more than a last resort. Asked at each update: it allocates nothing.
    private var isExplained: Bool {
        for index in memory.standings.indices where memory.standings[index].raised != nil {
            if !Rule.all[index].kind.isLastResort { return true }
        }
        return false
    }

    private func isRaised(_ kind: FindingKind) -> Bool {
        zip(Rule.all, memory.standings).contains { $0.kind == kind && $1.raised != nil }
    }

    // MARK: Order

    /// The kinds that stand: causes before their symptoms, of others the earlier first.
    private var raisedKinds: [FindingKind] {
        let raised = zip(Rule.all, memory.standings).compactMap { rule, standing in
            standing.raised.map { (kind: rule.kind, onset: $0.onset) }
        }
        guard raised.count > 1 else { return raised.map(\.kind) }
        let kinds = Set(raised.map(\.kind))
        func isSymptom(_ kind: FindingKind) -> Bool { kinds.contains { $0 != kind && $0.symptoms.contains(kind) } }
        let order = FindingKind.allCases
        let sorted = raised.sorted { one, other in
            let (first, second) = (isSymptom(one.kind), isSymptom(other.kind))
            if first != second { return second }
            if one.onset != other.onset { return one.onset < other.onset }
            return (order.firstIndex(of: one.kind) ?? 0) < (order.firstIndex(of: other.kind) ?? 0)
        }
        return sorted.reduce(into: []) { list, entry in if !list.contains(entry.kind) { list.append(entry.kind) } }
    }

    private mutating func tellHeadline() {
        let headline = raisedKinds.first
        guard headline != memory.headline else { return }
        memory.headline = headline
        if let headline { said.append(finding(headline, .raised, isHeadline: true)) }
    }

    private mutating func say(_ rule: Rule, _ index: Int, _ state: Finding.State, onset: Int) {
        said.append(
            Finding(
                rule.kind, state, at: position, isHeadline: false, onset: onset, value: .nan, threshold: .nan,
                text: "\(rule.kind.words): no longer"))
    }

    private var position: Position { Position(branch: memory.signs.branch, step: memory.signs.step + 1) }

    private func finding(_ kind: FindingKind, _ state: Finding.State, isHeadline: Bool) -> Finding {
        let index = Rule.all.indices.first { Rule.all[$0].kind == kind && memory.standings[$0].raised != nil } ?? 0
        let (rule, raised) = (Rule.all[index], memory.standings[index].raised)
        let evidence = raised?.evidence ?? Evidence(.nan, .nan)
        let layers = subject.description.layers
        return Finding(
            kind, state, at: position, isHeadline: isHeadline, onset: raised?.onset ?? 0,
            layer: evidence.layer.flatMap { layers.indices.contains($0) ? layers[$0].name : nil },
            value: evidence.value, threshold: evidence.threshold, text: raised?.text ?? "",
            remedies: rule.explain(evidence, memory.signs, subject).remedies)
    }
}
