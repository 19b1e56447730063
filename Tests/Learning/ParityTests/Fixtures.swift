import Foundation
import TestSupport

/// The files that `Tests/Learning/Fixtures/generate.py` wrote with PyTorch.
enum Fixtures {
    static let folder = SourceTree.root.appendingPathComponent("Tests/Learning/Fixtures").path

    /// Trainings of whole networks, by name.
    static var trainings: [String] { names(in: "training") }

    /// Single layers, by name.
    static var layers: [String] { names(in: "layers").map { String($0.dropLast(".safetensors".count)) } }

    private static func names(in subfolder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(subfolder)")) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }
}
