// swift-tools-version: 6.2
import PackageDescription

// Numeric modules are compiled for the machine at hand: an FMA target makes vector loops up to 20 times
// faster. Set SITTER_PORTABLE=1 to build a binary meant for other machines.
let portable = Context.environment["SITTER_PORTABLE"] != nil
// CI and `make test` turn warnings into errors; a reader with another toolchain is not punished for it.
let strict = Context.environment["SITTER_STRICT"] != nil

let strictness: [SwiftSetting] = strict ? [.treatAllWarnings(as: .error)] : []
let numeric: [SwiftSetting] = portable ? [] : [.unsafeFlags(["-Xcc", "-march=native"])]

/// One room of the house, with its tests in the folder of the same name.
func room(_ name: String, imports: [Target.Dependency] = [], settings: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: strictness + settings)
}

func tests(of name: String, imports: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + imports, exclude: exclude,
        swiftSettings: strictness)
}

let package = Package(
    name: "sitter",
    products: [.executable(name: "sitter", targets: ["sitter"])],
    targets: [
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CTerminalRescue"),
        .target(name: "CPictures", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),

        room("Files", imports: ["CZlib"]),
        room("Settings"),
        room("Tensors", imports: ["COpenBLAS", "Files"], settings: numeric),
        room("Datasets", imports: ["Tensors", "Files", "COpenBLAS", "CPictures"], settings: numeric),
        room("NeuralNetworks", imports: ["Tensors"], settings: numeric),
        room("Optimizers", imports: ["Tensors"], settings: numeric),
        room("Runs"),
        room(
            "Training", imports: ["NeuralNetworks", "Optimizers", "Datasets", "Runs", "Settings", "Tensors", "Files"],
            settings: numeric),
        room("Diagnosis", imports: ["Runs"]),
        room("RunStore", imports: ["Runs", "Files", "Settings"]),
        room("Cells"),
        room("Charts", imports: ["Cells"]),
        room("Themes", imports: ["Cells"]),
        room("Dashboard", imports: ["Runs", "Charts", "Themes", "Cells"]),
        room("CursesTerminal", imports: ["Cells", "CNcurses", "CTerminalRescue"]),
        room(
            "Commands",
            imports: [
                "Settings", "Files", "Tensors", "Datasets", "NeuralNetworks", "Optimizers", "Runs", "Training",
                "Diagnosis", "RunStore", "Cells", "Charts", "Themes", "Dashboard", "CursesTerminal",
            ]),
        .executableTarget(name: "sitter", dependencies: ["Commands"], swiftSettings: strictness),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strictness),
        tests(of: "Files"),
        tests(of: "Settings"),
        tests(of: "Tensors", imports: ["Files"]),
        tests(of: "Datasets", imports: ["Tensors", "Files"]),
        tests(of: "NeuralNetworks", imports: ["Tensors"]),
        tests(of: "Optimizers", imports: ["Tensors"]),
        tests(of: "Runs"),
        tests(of: "Training", imports: ["NeuralNetworks", "Optimizers", "Datasets", "Runs", "Settings", "Tensors", "Files"]),
        tests(of: "Diagnosis", imports: ["Runs"]),
        tests(of: "RunStore", imports: ["Runs", "Files", "Settings"]),
        tests(of: "Cells"),
        tests(of: "Charts", imports: ["Cells"]),
        tests(of: "Themes", imports: ["Cells"]),
        tests(of: "Dashboard", imports: ["Runs", "Charts", "Themes", "Cells"], exclude: ["Views/Snapshots"]),
        tests(of: "CursesTerminal", imports: ["Cells"]),
        tests(of: "Commands", imports: ["Runs", "Settings", "Training", "Files"]),
    ],
    swiftLanguageModes: [.v6]
)
