import Foundation
import Settings
import Tensors

/// A table made from a seed, with the faults that tables have: what `bench diagnosis` trains on beside the built-in data.
struct SyntheticTable {
    private let options: SettingObject
    private let seed: UInt64

    private static let keys = [
        "rows", "validationRows", "features", "classes", "noise", "spread", "imbalance", "shuffled", "regression",
        "scale", "offset",
        "wideFeature", "outliers", "outlierSize", "targetOffset", "validationScale", "validationOffset",
    ]

    init(_ setting: Setting, seed: UInt64) throws(SettingsError) {
        options = try setting.object(keys: Self.keys)
        self.seed = seed
    }

    private func number(_ key: String, _ otherwise: Double) throws -> Double { try options[key]?.double() ?? otherwise }
    private func flag(_ key: String) throws -> Bool { try options[key]?.bool() ?? false }

    /// Writes `train.csv` and `validation.csv` into a folder; the column to predict is `y`.
    func write(into folder: String) throws {
        let (train, validation) = try (text(isValidation: false), text(isValidation: true))
        try train.write(toFile: folder + "/train.csv", atomically: true, encoding: .utf8)
        try validation.write(toFile: folder + "/validation.csv", atomically: true, encoding: .utf8)
    }

    private func text(isValidation: Bool) throws -> String {
        let (features, classes) = (Int(try number("features", 12)), Int(try number("classes", 4)))
        let rows = Int(try isValidation ? number("validationRows", 400) : number("rows", 1200))
        let generator = Philox(seed: seed, purpose: .generatedData)
        var shape = generator.stream(1)
        // Each class has three clouds, so that no line tells them apart.
        let centers = (0..<classes * 3).map { _ in (0..<features).map { _ in 1.5 * shape.normal() } }
        let waves = (0..<4).map { _ in (0..<features).map { _ in shape.normal() / Double(features).squareRoot() } }
        var random = generator.stream(isValidation ? 3 : 2)
        let spread = try number("spread", 0.8)
        let (noise, imbalance) = try (number("noise", 0), number("imbalance", 1))
        let isRegression = try flag("regression")
        let scale = try number("scale", 1) * (isValidation ? number("validationScale", 1) : 1)
        let offset = try number("offset", 0) + (isValidation ? number("validationOffset", 0) : 0)
        let (wide, outliers, size) = try (number("wideFeature", 1), number("outliers", 0), number("outlierSize", 300))
        let (isShuffled, targetOffset) = try (flag("shuffled"), number("targetOffset", 0))
        var lines = [(0..<features).map { "x\($0)" }.joined(separator: ",") + ",y"]
        for _ in 0..<rows {
            // The first class is as many times as frequent as each other one.
            let place = random.uniform() * (imbalance + Double(classes - 1))
            var label = place < imbalance ? 0 : min(classes - 1, 1 + Int(place - imbalance))
            let center = centers[label * 3 + random.integer(below: 3)]
            var x = center.map { $0 + spread * random.normal() }
            var y = 0.0
            for wave in waves {
                var sum = 0.0
                for feature in 0..<features { sum += wave[feature] * x[feature] }
                y += sin(sum) / 1.4
            }
            if isShuffled || random.uniform() < noise { label = random.integer(below: classes) }
            if random.uniform() < outliers, !isValidation { x = x.map { $0 * size } }
            x[0] *= wide
            let cells = x.map { String(format: "%.6g", $0 * scale + offset) }
            let value = isShuffled ? random.normal() : y + 0.05 * random.normal()
            let target = isRegression ? String(format: "%.6g", value + targetOffset) : "c\(label)"
            lines.append(cells.joined(separator: ",") + "," + target)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
