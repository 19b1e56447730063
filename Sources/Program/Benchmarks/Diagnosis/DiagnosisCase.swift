import Commands
import Files
import Foundation
import Plans
import Runs
import Settings
import Training

/// A run with a known fault, or without one, as a file of cases describes it.
struct DiagnosisCase: Sendable {
    let name: String
    /// The findings one of which is due; empty for a healthy run.
    let expected: [FindingKind]
    /// Those that may stand at its head beside these: another name of the same cause.
    let accepted: [FindingKind]
    private let config: Setting
    private let table: Setting?

    /// Reads a file: `{ defaults: {...}, cases: [{ name, expect, accept, table, config }] }`; configs stand over the defaults.
    static func read(_ path: String) throws -> [DiagnosisCase] {
        let setting = try Setting.parse(try FileBytes.read(path, limit: 1 << 22), file: path)
        let object = try setting.object(keys: ["defaults", "cases"])
        return try object.required("cases").array().map { entry in
            let members = try entry.object(keys: ["name", "expect", "accept", "table", "config"])
            var config = try object.required("defaults")
            for member in try members.required("config").object().members {
                config = try config.replacing(path: member.name, with: member.setting)
            }
            return try DiagnosisCase(
                name: members.required("name").string(), expected: kinds(members["expect"]),
                accepted: kinds(members["accept"]),
                config: config, table: members["table"])
        }
    }

    private static func kinds(_ setting: Setting?) throws -> [FindingKind] {
        try setting?.array().map { entry in
            let word = try entry.string()
            guard let kind = FindingKind(rawValue: word) else { throw entry.error("\"\(word)\" is no finding") }
            return kind
        } ?? []
    }

    private init(
        name: String, expected: [FindingKind], accepted: [FindingKind], config: Setting, table: Setting?
    ) {
        self.name = name
        self.expected = expected
        self.accepted = accepted
        self.config = config
        self.table = table
    }

    /// What came of it.
    struct Outcome: Sendable {
        /// Every finding that was raised, in order; and whether each was the headline when it was.
        var raised: [Finding] = []
        /// The headline at the end; before that, the last there was.
        var headline: FindingKind?
        var loss = Double.nan
        var validation: EvaluationReport?
        var steps = 0
        var seconds = 0.0
    }

    /// Trains it from a seed, on one thread.
    func run(seed: UInt64) throws -> Outcome {
        let folder = NSTemporaryDirectory() + "sitter-diagnosis-\(getpid())-\(name)-\(seed)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = config
        func set(_ path: String, _ text: String) throws {
            settings = try settings.replacing(path: path, with: Setting.parse(text: text, file: name))
        }
        if let table {
            try SyntheticTable(table, seed: seed).write(into: folder)
            let task = try table.object()["regression"]?.bool() == true ? "regression" : "classification"
            try set(
                "data",
                "{ csv: { file: \"train.csv\", validationFile: \"validation.csv\", label: \"y\", task: \"\(task)\" } }")
            try set("validation", "{}")
        }
        try set("seed", "\(seed)")
        try set("threads", "1")
        try set("name", "\"\(name)\"")
        let plan = try PlanDecoder(folderOf: { _ in folder }).plan(settings)
        let material = try RunMaterial(plan: plan)
        defer { material.pool.close() }
        let reports = ReportMailbox()
        let began = ContinuousClock.now
        _ = Trainer(material: material, mailbox: CommandMailbox(), reports: reports, options: TrainerOptions()).run()
        var all: [Report] = []
        _ = reports.drain(into: &all)
        return Self.outcome(all, seconds: (ContinuousClock.now - began) / .seconds(1))
    }

    private static func outcome(_ reports: [Report], seconds: Double) -> Outcome {
        var outcome = Outcome()
        outcome.seconds = seconds
        for report in reports {
            switch report {
            case .finding(let finding):
                if finding.state == .raised { outcome.raised.append(finding) }
                if finding.isHeadline { outcome.headline = finding.kind }
            case .step(let step):
                outcome.loss = step.loss
                outcome.steps += 1
            case .evaluation(let evaluation): outcome.validation = evaluation
            default: break
            }
        }
        return outcome
    }
}

extension DiagnosisCase.Outcome {
    /// Whether one of the findings was raised.
    func raises(_ kinds: [FindingKind]) -> Bool { raised.contains { kinds.contains($0.kind) } }
}
