import Datasets
import Settings

extension PlanDecoder {
    private static let augmentations = [
        "horizontalFlip", "randomCrop", "randomResizedCrop", "colorJitter", "randAugment", "cutout", "noise", "mixup",
    ]

    /// What is changed in training examples, in the order of the list.
    func augmentation(_ setting: Setting?) throws(SettingsError) -> [Augmentation] {
        guard let setting else { return [] }
        var steps: [Augmentation] = []
        for entry in try setting.array() {
            let step = try augmentationStep(entry.choice(Self.augmentations))
            if case .mixup = step, steps.contains(where: { $0.name == step.name }) {
                throw entry.error("one mixup is enough")
            }
            steps.append(step)
        }
        return steps
    }

    private func augmentationStep(_ choice: Choice) throws(SettingsError) -> Augmentation {
        switch choice.name {
        case "horizontalFlip":
            let options = try choice.options(keys: ["p"], main: "p")
            return .horizontalFlip(p: try options["p"]?.double(in: 0...1) ?? 0.5)
        case "randomCrop":
            let options = try choice.options(keys: ["padding"], main: "padding")
            return .randomCrop(padding: try options["padding"]?.integer(in: 0...1_000) ?? 4)
        case "randomResizedCrop":
            let options = try choice.options(keys: ["scale", "ratio"], main: "scale")
            return .randomResizedCrop(
                scale: try range(options["scale"], within: 1e-4...1) ?? 0.08...1,
                ratio: try range(options["ratio"], within: 1e-2...1e2) ?? 3.0 / 4...4.0 / 3)
        case "colorJitter":
            let options = try choice.options(keys: ["brightness", "contrast", "saturation"])
            return .colorJitter(
                brightness: try options["brightness"]?.double(in: 0...10) ?? 0,
                contrast: try options["contrast"]?.double(in: 0...10) ?? 0,
                saturation: try options["saturation"]?.double(in: 0...10) ?? 0)
        case "randAugment":
            let options = try choice.options(keys: ["operations", "magnitude"], main: "magnitude")
            return .randAugment(
                operations: try options["operations"]?.integer(in: 0...20) ?? 2,
                magnitude: try options["magnitude"]?.integer(in: 0...30) ?? 9)
        case "cutout":
            let options = try choice.options(keys: ["size"], main: "size")
            return .cutout(size: try required(options["size"], "size", choice).integer(in: 1...10_000))
        case "noise":
            let options = try choice.options(keys: ["std"], main: "std")
            return .noise(std: try required(options["std"], "std", choice).double(in: 0...1e6))
        default:
            let options = try choice.options(keys: ["alpha"], main: "alpha")
            return .mixup(alpha: try options["alpha"]?.double(in: 1e-3...1e3) ?? 0.2)
        }
    }

    private func required(_ setting: Setting?, _ key: String, _ choice: Choice) throws(SettingsError) -> Setting {
        guard let setting else {
            let example = key == "size" ? "8" : "0.1"
            throw (choice.option ?? choice.setting)
                .error("\(choice.name) needs \(key), as in { \(choice.name): \(example) }")
        }
        return setting
    }

    /// `[low, high]`.
    private func range(
        _ setting: Setting?, within bounds: ClosedRange<Double>
    ) throws(SettingsError) -> ClosedRange<Double>? {
        guard let setting else { return nil }
        let ends = try setting.array()
        guard ends.count == 2 else { throw setting.error("[low, high] is due") }
        let (low, high) = (try ends[0].double(in: bounds), try ends[1].double(in: bounds))
        guard low <= high else { throw setting.error("the first number must not be above the second") }
        return low...high
    }
}
