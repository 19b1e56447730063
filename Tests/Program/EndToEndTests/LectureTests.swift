import Foundation
import TestSupport
import Testing

/// The lectures' examples on a real terminal: within two seconds of a run's end its point is on the screen, and no key was
/// pressed for it.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed: `make test` installs it"))
struct LectureTests {
    /// What makes the point of an example.
    struct Point: Sendable, CustomTestStringConvertible {
        let example: String
        /// A panel that only the screen has which it opens on.
        let panel: String
        /// Words of the header, and of a sheet, once the run goes no further by itself.
        var end = "■ finished"
        /// Patterns of what has to be seen, each somewhere on the screen.
        let patterns: [String]

        var testDescription: String { example }
    }

    static let overview = "├─ accuracy"
    static let layers = "┤ depth ├"

    static let points: [Point] = [
        // The curve, which is solid, begins in the row of the line of guessing.
        Point(
            example: "first-loss", panel: overview, patterns: [#"[⠁-⣿]{8}.* chance ln 10 = 2\.30"#]),
        Point(example: "overfit-few", panel: overview, patterns: [#"accuracy .* train +100 %"#]),
        Point(
            example: "momentum", panel: overview, patterns: [#" train +0\.[12]\d+ .* no-momentum +1\.0"#]),
        Point(
            example: "standardized-inputs", panel: overview,
            patterns: [#" train +0\.0\d+ .* raw-inputs +1\."#, #"chance ln 3 = 1\.10"#]),
        Point(
            example: "constant-weights", panel: layers,
            patterns: [#" 1 linear [^\n]*\n[^\n]* 64 equal "#, #" 3 linear [^\n]*\n[^\n]* 64 equal "#]),
        Point(
            example: "dead-relu-bias", panel: layers,
            // Zeros, saturated, never; backward signal, gradient, update of the first.
            patterns: [#" 1 linear .* 100 % +– +100 % +0 +0 +0 "#, #" 3 linear .* 100 % +– +100 % "#]),
        Point(
            example: "sigmoid-deep", panel: layers,
            // Backward signal and gradient of the first hidden layer.
            patterns: [#" 1 linear .* \d\.\de-[89] +\d\.\de-[67] "#, #"backward signal"#]),
        // A run that diverges has no end: it stands still and asks.
        Point(
            example: "no-norm-high-rate", panel: overview, end: "▲ paused",
            patterns: [#"loss is not finite at step \d"#, #"go back to the weights of step 0"#]),
    ]

    let scratch = ScratchFolder()

    @Test(arguments: points)
    func `an example shows its point when its run ends`(point: Point) async throws {
        let patterns = try point.patterns.map { try Regex($0) }
        // Becomes the program, so that its number is known.
        try scratch.write("run.sh", "echo $$ > number\nexec '\(Program.path)' train \"$@\"\n")
        let tmux = try await Tmux(scratch)
        try await tmux.enter("sh run.sh '\(Program.sourceTree)/examples/lectures/\(point.example).json5'; echo over")
        try await tmux.see(point.end)

        var last = ""
        do {
            try await eventually("the point of \(point.example)", within: 2, every: 50) {
                last = try await tmux.screen
                let isThere = last.contains(point.panel) && patterns.allSatisfy { last.contains($0) }
                return isThere ? true : nil
            }
        } catch is Overdue {
            throw Overdue(what: "the point of \(point.example) on the screen:\n\(last)")
        }

        let number = try #require(pid_t(scratch.text("number").trimmingCharacters(in: .newlines)))
        kill(number, SIGTERM)
        try await tmux.see("the end of the line") { $0.contains(/(?m)^over$/) ? true : nil }
    }
}
