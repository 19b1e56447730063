import Settings
import Testing

/// A case is written `"name"`, `{ name: {} }` or `{ name: value }` for its main option.
@Suite struct ChoiceTests {
    private let layers = ["relu", "dropout", "linear", "residual"]

    private func choice(_ text: String) throws -> Choice { try Setting.parse(text: text, file: "f").choice(layers) }

    private func message(_ body: () throws -> Void) throws -> String {
        try #require(throws: SettingsError.self) { try body() }.description
    }

    @Test func `a plain name has no option`() throws {
        let choice = try choice(" 'relu'")
        #expect(choice.name == "relu" && choice.option == nil && choice.place.column == 2)
        #expect(try choice.options(keys: []).members.isEmpty)
        #expect(try choice.options(keys: ["p"], main: "p").members.isEmpty)
    }

    @Test func `an object has its members`() throws {
        let choice = try choice("{ dropout: { p: 0.5 } }")
        #expect(choice.name == "dropout" && choice.place.column == 3)
        #expect(try choice.options(keys: ["p"], main: "p").required("p").double() == 0.5)
        #expect(try self.choice("{ relu: {} }").options(keys: []).members.isEmpty)
    }

    @Test func `a value is the main option`() throws {
        let p = try choice("{ dropout: 0.5 }").options(keys: ["p"], main: "p").required("p")
        #expect(try p.double() == 0.5)
        #expect(p.path == "dropout" && p.place.column == 12)
        #expect(
            try choice("{ residual: ['relu'] }").options(keys: ["body"], main: "body").required("body").array().count
                == 1)
    }

    @Test func `other shapes are refused`() throws {
        #expect(try message { _ = try choice("'rleu'") } == #"f:1:1: unknown name "rleu"; did you mean "relu"?"#)
        #expect(
            try message { _ = try choice("{ liner: 3 }") } == #"f:1:3: liner: unknown name; did you mean "linear"?"#)
        #expect(try message { _ = try choice("3") } == "f:1:1: a name or { name: { ... } } is due here, not 3")
        #expect(
            try message { _ = try choice("{}") }
                == "f:1:1: one name is due, as in { name: { ... } }, not an object with no key")
        #expect(
            try message { _ = try choice("{ relu: {}, linear: 2 }") }
                == #"f:1:1: one name is due, as in { name: { ... } }, not an object with the keys "relu" and "linear""#)
        #expect(
            try message { _ = try choice("{ relu: 3 }").options(keys: []) }
                == #"f:1:9: relu: 3 is not an option of "relu"; write {}; "relu" has no options"#)
        #expect(
            try message { _ = try choice("{ dropout: { q: 1 } }").options(keys: ["p"], main: "p") }
                == #"f:1:14: dropout.q: unknown key; known key: "p""#)
    }
}
