import Datasets
import PlanFixtures
import Plans
import Testing

/// Data, preprocessing, augmentation and averaged views as configs write them.
@Suite struct DataConfigTests {
    private func plan(_ key: String) throws -> RunPlan { try Config.plan(with: key) }

    private func message(_ key: String) -> String? {
        do {
            _ = try plan(key)
            return nil
        } catch { return "\(error)".replacing("run.json5:", with: "") }
    }

    @Test func `defaults are the documented ones`() throws {
        #expect(
            try plan("data: 'sequences'").data.source
                == .sequences(Sequences(kind: .copy, length: 20, count: 3_000, seed: 0)))
        #expect(try plan("").data.memoryLimit.bytes == 256 << 20)
        #expect(
            try plan("preprocessing: ['pca', 'whiten']").preprocessing == [
                .pca(components: nil), .whiten(eps: 1e-5, components: nil),
            ])
        #expect(
            try plan(
                "augmentation: ['horizontalFlip', 'randomCrop', 'randomResizedCrop', 'colorJitter', 'randAugment', 'mixup']"
            ).augmentation == [
                .horizontalFlip(HorizontalFlip(p: 0.5)), .randomCrop(RandomCrop(padding: 4)),
                .randomResizedCrop(RandomResizedCrop(scale: 0.08...1, ratio: 3.0 / 4...4.0 / 3)),
                .colorJitter(ColorJitter(brightness: 0, contrast: 0, saturation: 0)),
                .randAugment(RandAugment(operations: 2, magnitude: 9)),
                .mixup(Mixup(alpha: 0.2)),
            ])
        guard case .csv(let files) = try plan("data: { csv: 't.csv' }").data.source else { return #expect(Bool(false)) }
        #expect(files.file == "configs/t.csv" && files.labels == [.number(-1)] && files.task == .classification)
        #expect(files.hasHeader && files.separator == "," && files.validationFile == nil)
        guard case .npz(let archive) = try plan("data: { npz: 'd.npz' }").data.source else {
            return #expect(Bool(false))
        }
        #expect(archive.inputs == "x" && archive.targets == "y" && archive.validation == nil)
    }

    @Test func `files of their own are the validation set`() throws {
        #expect(try plan("data: { cifar10: { files: 'a', validationFiles: 'b' } }").validation == ValidationPlan())
        #expect(try plan("data: { csv: { file: 'a', validationFile: 'b' } }").validation == ValidationPlan())
        #expect(
            try plan("data: { imageFolder: { folder: 'a', validationFolder: 'b' } }").validation == ValidationPlan())
        #expect(try plan("data: { npz: { file: 'a', validationFile: 'b' } }").validation == ValidationPlan())
        let plan = try plan(
            "data: { csv: { file: 'a', validationFile: 'b' } }, validation: { averaging: ['identity'] }")
        #expect(plan.validation == ValidationPlan(averaging: [.identity]) && plan.averaging == [.identity])
    }

    @Test func `the memory limit can be set on the command line`() throws {
        let text = Config.minimal("data: { npz: { file: 'd' } }")
        #expect(try Config.plan(text, ["data.memoryLimit=1000"]).data.memoryLimit.bytes == 1000)
    }

    @Test(arguments: [
        ("data: 'csv'", "2:7: data: csv needs its files: { csv: { file: \"...\", label: \"...\" } }"),
        ("data: { cifar10: { files: [] } }", "2:27: data.cifar10.files: at least one file is due"),
        (
            "data: { csv: { file: 'a', label: 0 } }",
            "2:34: data.csv.label: columns count from 1, or from -1 back; there is no column 0"
        ),
        (
            "data: { csv: { file: 'a', label: ['a', 'b'] } }",
            "2:34: data.csv.label: one column holds the class; several need task: \"regression\""
        ),
        (
            "data: { csv: { file: 'a', separator: '::' } }",
            "2:38: data.csv.separator: one character such as \",\", \";\" or \"\\t\" is due"
        ),
        (
            "data: { csv: { file: 'a', comment: '-' } }",
            "2:36: data.csv.comment: one character such as \"#\" or \"%\" is due"
        ),
        (
            "data: { csv: { file: 'a', separator: '|', comment: '|' } }",
            "2:52: data.csv.comment: it is the separator too; what lines begin with that are skipped is another character"
        ),
        (
            "data: { npy: { inputs: 'a', targets: 'b', validationInputs: 'c' } }",
            "2:61: data.npy.validationInputs: validationTargets is missing beside it"
        ),
        (
            "data: { digits: 5, memoryLimit: -1 }",
            "2:33: data.memoryLimit: a whole number of at least 0 is due here, not -1"
        ),
        (
            "validation: { averaging: ['identity'] }",
            "2:13: validation: the data names no validation files, so a fraction is due: { fraction: 0.2 }"
        ),
        ("augmentation: ['cutout']", "2:16: augmentation[0]: cutout needs size, as in { cutout: 8 }"),
        ("augmentation: ['mixup', 'mixup']", "2:25: augmentation[1]: one mixup is enough"),
        (
            "augmentation: [{ randomResizedCrop: { scale: [1, 0.5] } }]",
            "2:46: augmentation[0].randomResizedCrop.scale: the first number must not be above the second"
        ),
        (
            "augmentation: ['horizontalflip']",
            "2:16: augmentation[0]: unknown name \"horizontalflip\"; did you mean \"horizontalFlip\"?"
        ),
    ])
    func `every mistake has a place`(key: String, expected: String) { #expect(message(key) == expected) }

    private func preparing(_ text: String) -> String? {
        do {
            _ = try RunMaterial(plan: Config.plan(text))
            return nil
        } catch { return "\(error)".replacing("run.json5:", with: "") }
    }

    @Test func `what the data cannot take has a place`() {
        #expect(
            preparing("{ data: 'blobs', model: [{ linear: 3 }],\naugmentation: [{ noise: 0.1 }, 'horizontalFlip'] }")
                == "2:32: augmentation[1]: horizontalFlip needs pictures [channels, height, width], and the examples are 2"
        )
        #expect(
            preparing("{ data: 'blobs', model: [{ linear: 3 }], loss: 'hinge',\naugmentation: ['mixup'] }")
                == "2:16: augmentation[0]: mixup makes shares of classes, and hinge needs classes")
        #expect(
            preparing("{ data: 'blobs', model: [{ linear: 3 }],\npreprocessing: [{ pca: 3 }] }")
                == "2:16: preprocessing: 3 components of 2 features; 1...2 are due")
        #expect(
            preparing(
                "{ data: 'blobs', model: [{ linear: 3 }],\nvalidation: { fraction: 0.5, averaging: ['horizontalFlip'] } }"
            )
                == "2:13: validation: averaging needs pictures [channels, height, width], and the examples are 2")
    }
}
