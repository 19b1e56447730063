// swift-tools-version: 6.2
import PackageDescription

// Numeric modules are compiled for the machine at hand: an FMA target makes vector loops up to 20 times
// faster. Set SITTER_PORTABLE=1 to build a binary meant for other machines.
let portable = Context.environment["SITTER_PORTABLE"] != nil
// CI and `make test` turn warnings into errors; a reader with another toolchain is not punished for it.
let strict = Context.environment["SITTER_STRICT"] != nil

let strictness: [SwiftSetting] = strict ? [.treatAllWarnings(as: .error)] : []
let numeric: [SwiftSetting] =
    portable ? [] : [.unsafeFlags(["-Xcc", "-march=native"]), .define("SITTER_NATIVE")]

// What a history promises of its own parts is checked after each change of its past: `make test` asks for it, programs do not.
let checked: [SwiftSetting] =
    Context.environment["SITTER_INVARIANTS"] != nil ? [.define("SITTER_INVARIANTS")] : []

let quick: [SwiftSetting] = [.unsafeFlags(["-Onone"])]

/// A floor of the house: its folder under `Sources`, and the rooms on it. This is the ladder, lowest floor first; LadderTests and
/// CONTRIBUTING's table read it here.
func floor(_ folder: String, _ rooms: [Target]) -> [Target] {
    for room in rooms { room.path = "Sources/\(folder)/\(room.name)" }
    return rooms
}

/// One room, with its tests in the folder of the same name under `Tests`.
func room(_ name: String, imports: [Target.Dependency] = [], settings: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: strictness + settings)
}

// Tests take as long to build as everything else: SITTER_TESTS=Charts,Ladder leaves out those of all other rooms.
let wantedTests = Context.environment["SITTER_TESTS"]?.split(separator: ",").map { "\($0)Tests" }

/// The tests of a floor, in the same folder under `Tests`.
func testFloor(_ folder: String, _ rooms: [Target]) -> [Target] {
    for room in rooms { room.path = "Tests/\(folder)/\(room.name)" }
    guard let wantedTests else { return rooms }
    return rooms.filter { !$0.isTest || wantedTests.contains($0.name) }
}

/// The tests of a room. The optimizer works longest on tests and gains least there, so only those that compute are optimized.
func tests(
    of name: String, imports: [Target.Dependency] = [], exclude: [String] = [], computing: Bool = false
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + imports, exclude: exclude,
        swiftSettings: strictness + (computing ? [] : quick))
}

let libraries = floor(
    "C",
    [
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CTerminalRescue"),
        .target(name: "CStart"),
        .target(name: "CWorkers"),
        .target(
            name: "CPictures", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("webp")]),
    ])

let foundations = floor(
    "Foundations",
    [
        room("Machine"),
        room("Files", imports: ["Machine", "CZlib"]),
        room("Fields"),
        room("Settings", imports: ["Fields"]),
    ])

let learning = floor(
    "Learning",
    [
        room("Tensors", imports: ["COpenBLAS", "CWorkers", "Machine", "Settings", "Files"], settings: numeric),
        room("Datasets", imports: ["Fields", "Tensors", "Machine", "Files", "Runs", "CPictures"], settings: numeric),
        room("NeuralNetworks", imports: ["Fields", "Tensors", "Machine"], settings: numeric),
        room("Optimizers", imports: ["Fields", "Tensors"], settings: numeric),
        room(
            "Plans",
            imports: [
                "Fields", "NeuralNetworks", "Optimizers", "Datasets", "Runs", "Diagnosis", "Settings", "Tensors",
                "Files",
                "Machine",
            ],
            settings: numeric),
        room(
            "Searching",
            imports: ["Fields", "Plans", "Runs", "Settings", "Tensors", "Files", "Machine"]),
        room(
            "Training",
            imports: [
                "Fields", "Plans", "NeuralNetworks", "Optimizers", "Datasets", "Runs", "Diagnosis", "Tensors",
                "Machine",
                "Files",
            ],
            settings: numeric),
    ])

let runs = floor(
    "Runs",
    [
        room("Runs", imports: ["Fields"]),
        room("History", imports: ["Runs"], settings: checked),
        room("Diagnosis", imports: ["Runs"]),
        room("RunStore", imports: ["Runs", "History", "Fields", "Machine", "Files", "Settings"]),
    ])

let screen = floor(
    "Screen",
    [
        room("Cells"),
        room("Charts", imports: ["Cells"]),
        room("Themes", imports: ["Cells"]),
        room("Dashboard", imports: ["Fields", "Runs", "History", "Charts", "Cells"]),
        room("Screens", imports: ["Dashboard", "Runs", "History", "Charts", "Themes", "Cells"]),
        room("CursesTerminal", imports: ["Cells", "Machine", "CNcurses", "CTerminalRescue"]),
    ])

let program = floor(
    "Program",
    [
        room(
            "Commands",
            imports: [
                "Fields", "Settings", "Machine", "Files", "Tensors", "Datasets", "NeuralNetworks", "Optimizers", "Runs",
                "History", "Plans", "Searching", "Training", "RunStore", "Cells", "Charts", "Themes", "Dashboard",
                "Screens", "CursesTerminal", "CMalloc",
            ]),
        room(
            "Benchmarks",
            imports: [
                "Commands", "Settings", "Machine", "Files", "Tensors", "Datasets", "NeuralNetworks", "Optimizers",
                "Runs",
                "History", "Plans", "Searching", "Training", "RunStore", "Cells", "Charts", "Themes", "Dashboard",
                "Screens", "CursesTerminal",
            ], settings: numeric),
        .executableTarget(
            name: "sitter", dependencies: ["CStart", "Machine", "Commands", "Benchmarks"], swiftSettings: strictness),
    ])

let support = testFloor(
    "Support",
    [
        .target(name: "TestSupport", dependencies: ["Machine"], swiftSettings: strictness),
        .target(name: "CAllocationCounter"),
        // Configs of small runs.
        .target(name: "PlanFixtures", dependencies: ["Plans", "Settings"], swiftSettings: strictness),
        // Reports as a small run would make them.
        .target(name: "RunFixtures", dependencies: ["Runs"], swiftSettings: strictness),
    ])

let foundationTests = testFloor(
    "Foundations",
    [
        tests(of: "Machine"),
        tests(of: "Files", imports: ["CZlib"]),
        tests(of: "Fields"),
        tests(of: "Settings", imports: ["Fields"]),
    ])

let learningTests = testFloor(
    "Learning",
    [
        tests(of: "Tensors", imports: ["Files"], computing: true),
        tests(of: "Datasets", imports: ["Tensors", "Files", "Runs", "Machine"], computing: true),
        tests(of: "NeuralNetworks", imports: ["Tensors"], computing: true),
        tests(of: "Optimizers", imports: ["Tensors"], computing: true),
        tests(
            of: "Plans",
            imports: [
                "NeuralNetworks", "Optimizers", "Datasets", "Runs", "Settings", "Tensors", "Files", "PlanFixtures",
            ], exclude: ["Decoding/SamePlans.txt"], computing: true),
        tests(of: "Searching", imports: ["Plans", "Runs", "Settings", "Files", "PlanFixtures"]),
        tests(
            of: "Training",
            imports: [
                "Plans", "NeuralNetworks", "Optimizers", "Datasets", "Runs", "Settings", "Tensors", "Files",
                "PlanFixtures", "CAllocationCounter",
            ], computing: true),
        // What PyTorch computed for the same configs, and what the lectures say one sees.
        .testTarget(
            name: "ParityTests",
            dependencies: [
                "Plans", "Training", "NeuralNetworks", "Runs", "Settings", "Tensors", "Files", "TestSupport",
            ],
            swiftSettings: strictness),
        .testTarget(
            name: "LectureTests",
            dependencies: ["Plans", "Training", "Runs", "RunStore", "History", "Settings", "Files", "TestSupport"],
            swiftSettings: strictness + quick),
    ])

let runsTests = testFloor(
    "Runs",
    [
        tests(of: "Runs"),
        tests(of: "History", imports: ["Runs", "RunFixtures"]),
        tests(of: "Diagnosis", imports: ["Runs"]),
        tests(of: "RunStore", imports: ["Runs", "History", "Files", "Settings", "RunFixtures"]),
    ])

let screenTests = testFloor(
    "Screen",
    [
        tests(of: "Cells"),
        tests(of: "Charts", imports: ["Cells"]),
        tests(of: "Themes", imports: ["Cells"]),
        tests(of: "Dashboard", imports: ["Screens", "Runs", "History", "Charts", "Themes", "Cells"]),
        tests(
            of: "Screens", imports: ["Dashboard", "Runs", "History", "Charts", "Themes", "Cells"],
            exclude: ["Snapshots"]),
        tests(of: "CursesTerminal", imports: ["Cells"]),
    ])

let programTests = testFloor(
    "Program",
    [
        tests(
            of: "Commands",
            imports: [
                "Benchmarks", "Fields", "NeuralNetworks", "Runs", "History", "Settings", "Tensors", "Plans", "Training",
                "Cells",
                "Themes",
                "Dashboard", "Screens", "CursesTerminal",
            ]),
        tests(
            of: "Benchmarks",
            imports: ["Commands", "Datasets", "Dashboard", "Settings", "Cells", "CAllocationCounter"],
            exclude: ["thresholds.json5", "Diagnosis/cases.json5"], computing: true),
        .testTarget(name: "EndToEndTests", dependencies: ["TestSupport"], swiftSettings: strictness + quick),
        .testTarget(name: "LadderTests", dependencies: ["TestSupport"], swiftSettings: strictness + quick),
    ])

let package = Package(
    name: "sitter",
    products: [.executable(name: "sitter", targets: ["sitter"])],
    targets: libraries + foundations + learning + runs + screen + program
        + support + foundationTests + learningTests + runsTests + screenTests + programTests,
    swiftLanguageModes: [.v6]
)
