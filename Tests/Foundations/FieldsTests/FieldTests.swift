import Fields
import Testing

/// A table of fields as its readers see it.
@Suite struct FieldTests {
    struct Line: Written, Hashable {
        var width = 2.0
        var count = 1
        var name: String?
        init() {}
        static let word = "line"
        static let meaning = "a line"
        static let fields: [Field<Line>] = [
            Field("width", \.width, .number(.within(0...10)), "how wide it is").main,
            Field("count", \.count, .integer(1...9), "how many there are").required.called("the number of lines"),
            Field("name", \.name, .optional(.text), "what it is called").otherwise("no name"),
        ]
    }

    struct Point: Written, Hashable {
        init() {}
        static let word = "point"
        static let meaning = "a point"
        static let fields: [Field<Point>] = []
    }

    struct Shape: Alternatives, Hashable {
        enum Kind: Hashable { case line(Line), point(Point) }
        var kind: Kind
        var colour = "red"

        static let alternatives: [Alternative<Shape>] = [
            Alternative { (line: Line) in Shape(kind: .line(line)) },
            Alternative { (point: Point) in Shape(kind: .point(point), colour: "blue") },
        ]
        static let commonFields: [Field<Shape>] = [Field("colour", \.colour, .text, "its colour")]
        var chosen: any Written {
            switch kind {
            case .line(let line): line
            case .point(let point): point
            }
        }
    }

    @Test
    func `the table tells defaults, what is required and what is main`() {
        let fields = Line.descriptions
        #expect(fields.map(\.key) == ["width", "count", "name"])
        #expect(fields.map(\.isMain) == [true, false, false])
        #expect(fields.map(\.isRequired) == [false, true, false])
        #expect(fields[0].standard?.asNumber == 2)
        #expect(fields[1].standard == nil && fields[2].standard == nil)
        #expect(fields[2].otherwise == "no name")
        #expect(fields.map(\.form.words) == ["number, 0 to 10", "whole number, 1 to 9", "text"])
    }

    @Test
    func `a case has its own fields and the common ones, with its own defaults`() {
        #expect(Shape.words == ["line", "point"])
        #expect(Shape.descriptions(of: "line")?.map(\.key) == ["width", "count", "name", "colour"])
        #expect(Shape.descriptions(of: "circle") == nil)
        guard case .text("blue") = Shape.descriptions(of: "point")?[0].standard else {
            Issue.record("a point is blue")
            return
        }
    }

    @Test
    func `what lies outside its range is refused by its name`() {
        var line = Line()
        #expect(line.refusal == nil)
        line.width = 11
        #expect(line.refusal == "the width must be a number from 0 to 10, not 11")
        line.width = .nan
        #expect(line.refusal == "the width must be a number from 0 to 10, not NaN")
        line.width = 0
        line.count = 0
        #expect(line.refusal == "the number of lines must be from 1 to 9, not 0")
    }

    @Test
    func `reading and writing go through the table`() {
        var line = Line()
        Line.fields[0].set(&line, .number(3))
        Line.fields[2].set(&line, .text("a"))
        #expect(line.width == 3 && line.name == "a")
        #expect(Line.fields[0].get(line)?.asNumber == 3)
        #expect(Line.fields[2].get(Line()) == nil)
    }
}
