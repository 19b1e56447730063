import CursesTerminal
import Glibc
import Testing

/// What a line tells of its speed by how it takes bytes, with a clock of our own.
@Suite struct LineOutputTests {
    /// A line whose other end reads when it is told to.
    private struct Line {
        let person: Int32
        let line: Int32
        var output: LineOutput

        init() throws {
            var ends: (Int32, Int32) = (-1, -1)
            try #require(openpty(&ends.0, &ends.1, nil, nil, nil) == 0)
            (person, line) = ends
            _ = fcntl(person, F_SETFL, O_NONBLOCK)
            output = try #require(LineOutput(terminal: line))
        }

        func read(_ count: Int) {
            var buffer = [UInt8](repeating: 0, count: count)
            _ = Glibc.read(person, &buffer, count)
        }

        func close() {
            output.close()
            for end in [person, line] { Glibc.close(end) }
        }
    }

    private let frames = String(repeating: "x", count: 40_000)

    @Test func `a line that was never full is fast`() throws {
        var line = try Line()
        defer { line.close() }
        line.output.send("hello", at: 0)
        #expect(line.output.isEmpty && line.output.speed == nil && line.output.budget == nil)
    }

    @Test func `a reader that was busy for a moment is no slow line`() throws {
        var line = try Line()
        defer { line.close() }
        line.output.send(frames, at: 0)
        #expect(!line.output.isEmpty)
        for _ in 0..<100 where !line.output.isEmpty {
            line.read(65_536)
            line.output.pump(at: 0.4)
        }
        #expect(line.output.isEmpty && line.output.budget == nil && line.output.hasArrived(at: 0.4))
    }

    @Test func `a reader that paused with little left to take is no slow line`() throws {
        var line = try Line()
        defer { line.close() }
        for second in 0..<5 {
            // As much as fits, and a little more.
            while line.output.isEmpty { line.output.send(String(repeating: "x", count: 900), at: Double(second)) }
            for _ in 0..<100 {
                line.read(65_536)
                line.output.pump(at: Double(second) + 3)
            }
            line.output.send("x", at: Double(second) + 3)
            #expect(line.output.isEmpty && line.output.speed == nil)
        }
    }

    @Test func `a slow line that is full with every frame tells its speed`() throws {
        var line = try Line()
        defer { line.close() }
        var now = 0.0
        for _ in 0..<100 {
            if line.output.isEmpty { line.output.send(String(repeating: "x", count: 1_400), at: now) }
            now += 0.2
            line.read(192)
            line.output.pump(at: now)
        }
        let found = try #require(line.output.speed)
        #expect(found > 480 && found < 1_920)
    }

    @Test(arguments: [960, 2_000])
    func `a slow line tells its speed, and gets pieces`(speed: Int) throws {
        var line = try Line()
        defer { line.close() }
        line.output.send(frames + frames + frames, at: 0)
        var now = 0.0
        while !line.output.isEmpty, now < 200 {
            now += 0.25
            line.read(speed / 4)
            line.output.pump(at: now)
        }
        let found = try #require(line.output.speed)
        #expect(found > 0.5 * Double(speed) && found < 2 * Double(speed))
        let budget = try #require(line.output.budget)
        #expect(budget >= 120 && budget < speed / 2)
        // What the line holds is still under way.
        #expect(!line.output.hasArrived(at: now))
    }

    @Test func `a line of medium speed gets whole frames, one after the other`() throws {
        var line = try Line()
        defer { line.close() }
        line.output.send(frames + frames, at: 0)
        var now = 0.0
        while !line.output.isEmpty, now < 200 {
            now += 0.05
            line.read(1_000)
            line.output.pump(at: now)
        }
        #expect(line.output.speed != nil && line.output.budget == nil)
    }
}
