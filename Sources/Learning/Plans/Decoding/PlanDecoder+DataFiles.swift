import Datasets
import Settings

extension PlanDecoder {
    private static let examples = [
        "idx": "{ idx: { images: \"...\", labels: \"...\" } }", "cifar10": "{ cifar10: { files: [\"...\"] } }",
        "csv": "{ csv: { file: \"...\", label: \"...\" } }", "npy": "{ npy: { inputs: \"...\", targets: \"...\" } }",
        "npz": "{ npz: { file: \"...\" } }", "imageFolder": "{ imageFolder: { folder: \"...\" } }",
    ]

    /// Data that files hold.
    func fileData(_ choice: Choice) throws(SettingsError) -> DataPlan {
        guard choice.option != nil else {
            throw choice.setting.error("\(choice.name) needs its files: \(Self.examples[choice.name] ?? "")")
        }
        switch choice.name {
        case "idx": return .idx(try idxFiles(choice))
        case "cifar10":
            let options = try choice.options(keys: ["files", "validationFiles", "raw"], main: "files")
            return .cifar10(
                .init(
                    files: try paths(options.required("files")),
                    validationFiles: try options["validationFiles"].map { setting throws(SettingsError) in
                        try paths(setting)
                    },
                    raw: try options["raw"]?.bool() ?? false))
        case "csv": return .csv(try csvFiles(choice))
        case "npy": return .npy(try npyFiles(choice))
        case "npz": return .npz(try npzFiles(choice))
        default: return .imageFolder(try imageFolders(choice))
        }
    }

    private func idxFiles(_ choice: Choice) throws(SettingsError) -> DataPlan.IDXFiles {
        let options = try choice.options(
            keys: ["images", "labels", "validationImages", "validationLabels", "raw", "classes"])
        let pair = try pair(options, "validationImages", "validationLabels")
        return DataPlan.IDXFiles(
            images: try path(options.required("images")), labels: try path(options.required("labels")),
            validation: try pair.map { pair throws(SettingsError) in
                .init(images: try path(pair.0), labels: try path(pair.1))
            },
            raw: try options["raw"]?.bool() ?? false, classCount: try options["classes"]?.integer(in: 2...256))
    }

    private func npyFiles(_ choice: Choice) throws(SettingsError) -> DataPlan.NPYFiles {
        let options = try choice.options(
            keys: ["inputs", "targets", "validationInputs", "validationTargets", "classes"])
        let pair = try pair(options, "validationInputs", "validationTargets")
        return DataPlan.NPYFiles(
            inputs: try path(options.required("inputs")), targets: try path(options.required("targets")),
            validation: try pair.map { pair throws(SettingsError) in
                .init(inputs: try path(pair.0), targets: try path(pair.1))
            },
            classCount: try classes(options))
    }

    private func npzFiles(_ choice: Choice) throws(SettingsError) -> DataPlan.NPZFiles {
        let options = try choice.options(
            keys: [
                "file", "inputs", "targets", "validationFile", "validationInputs", "validationTargets", "classes",
            ], main: "file")
        let file = try path(options.required("file"))
        let inputs = try options["inputs"]?.string() ?? "x"
        let targets = try options["targets"]?.string() ?? "y"
        let ownFile = try options["validationFile"].map { setting throws(SettingsError) in try path(setting) }
        let pair = try pair(options, "validationInputs", "validationTargets")
        var validation: DataPlan.NPZFiles.Member?
        if ownFile != nil || pair != nil {
            validation = .init(
                file: ownFile ?? file, inputs: try pair?.0.string() ?? inputs, targets: try pair?.1.string() ?? targets)
        }
        return DataPlan.NPZFiles(
            file: file, inputs: inputs, targets: targets, validation: validation, classCount: try classes(options))
    }

    private func csvFiles(_ choice: Choice) throws(SettingsError) -> DataPlan.CSVFiles {
        let options = try choice.options(
            keys: ["file", "validationFile", "label", "task", "header", "separator"], main: "file")
        let task = try options["task"]?.oneOf(CSVReader.Task.self) ?? .classification
        return DataPlan.CSVFiles(
            file: try path(options.required("file")),
            validationFile: try options["validationFile"].map { setting throws(SettingsError) in try path(setting) },
            labels: try columns(options["label"], task), task: task, hasHeader: try options["header"]?.bool() ?? true,
            separator: try separator(options["separator"]))
    }

    /// One column, or for regression a list of some.
    private func columns(_ setting: Setting?, _ task: CSVReader.Task) throws(SettingsError) -> [CSVReader.Column] {
        guard let setting else { return [.number(-1)] }
        guard case .array(let entries) = setting.value else { return [try column(setting)] }
        guard !entries.isEmpty else { throw setting.error("at least one column is due") }
        guard entries.count == 1 || task == .regression else {
            throw setting.error("one column holds the class; several need task: \"regression\"")
        }
        var columns: [CSVReader.Column] = []
        for entry in entries { columns.append(try column(entry)) }
        return columns
    }

    private func column(_ setting: Setting) throws(SettingsError) -> CSVReader.Column {
        if case .string(let name) = setting.value { return .name(name) }
        let number = try setting.integer(in: -1_000_000...1_000_000)
        guard number != 0 else { throw setting.error("columns count from 1, or from -1 back; there is no column 0") }
        return .number(number)
    }

    private func separator(_ setting: Setting?) throws(SettingsError) -> Character {
        guard let setting else { return "," }
        let text = try setting.string()
        guard let character = text.first, text.count == 1, character.isASCII, !"\"\n\r.-+".contains(character),
            !character.isLetter, !character.isNumber
        else { throw setting.error("one character such as \",\", \";\" or \"\\t\" is due") }
        return character
    }

    private func imageFolders(_ choice: Choice) throws(SettingsError) -> DataPlan.ImageFolders {
        let options = try choice.options(
            keys: ["folder", "validationFolder", "width", "height", "grey", "resize"], main: "folder")
        let width = try options["width"]?.integer(in: 1...16_384)
        let height = try options["height"]?.integer(in: 1...16_384)
        var size: ImageFolderReader.Size?
        if let side = width ?? height { size = .init(height: height ?? side, width: width ?? side) }
        var resized: ImageFolderReader.Size?
        if let resize = options["resize"] {
            guard size == nil else { throw resize.error("it sets the size; drop width and height") }
            if case .array(let sides) = resize.value {
                guard sides.count == 2 else { throw resize.error("[height, width] or one number for both is due") }
                resized = .init(
                    height: try sides[0].integer(in: 1...16_384), width: try sides[1].integer(in: 1...16_384))
            } else {
                let side = try resize.integer(in: 1...16_384)
                resized = .init(height: side, width: side)
            }
        }
        return DataPlan.ImageFolders(
            folder: try path(options.required("folder")),
            validationFolder: try options["validationFolder"].map { setting throws(SettingsError) in
                try path(setting)
            },
            resized: resized, size: size, isGrey: try options["grey"]?.bool() ?? false)
    }

    private func classes(_ options: SettingObject) throws(SettingsError) -> Int? {
        try options["classes"]?.integer(in: 2...Dataset.mostClasses)
    }

    /// One path, or a list of them.
    private func paths(_ setting: Setting) throws(SettingsError) -> [String] {
        guard case .array(let entries) = setting.value else { return [try path(setting)] }
        guard !entries.isEmpty else { throw setting.error("at least one file is due") }
        var paths: [String] = []
        for entry in entries { paths.append(try path(entry)) }
        return paths
    }

    /// Two options of which one needs the other.
    private func pair(
        _ options: SettingObject, _ first: String, _ second: String
    ) throws(SettingsError) -> (Setting, Setting)? {
        switch (options[first], options[second]) {
        case (nil, nil): return nil
        case (let one?, let other?): return (one, other)
        case (let one?, nil): throw one.error("\(second) is missing beside it")
        case (nil, let other?): throw other.error("\(first) is missing beside it")
        }
    }
}
