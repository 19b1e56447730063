import Cells
import Dashboard
import Runs
import Testing

@Suite("Keys of a person's own")
struct KeyTableTests {
    @Test
    func `a command has the keys it was given, and no other`() {
        let table = KeyTable.standard.binding(.togglePause, to: [.character("P"), .control("p")])
        #expect(table.command(for: .character("P"), on: .overview) == .togglePause)
        #expect(table.command(for: .control("p"), on: .log) == .togglePause)
        #expect(table.command(for: .character(" "), on: .overview) == nil)
        #expect(table.command(for: .character("e"), on: .overview) == .evaluate)
    }

    @Test
    func `a key is called as the footer writes it, one of several by its own name`() {
        let table = KeyTable.standard.binding(.freeze, to: []).binding(.search, to: [.control("f"), .character("F")])
        #expect(table.name(of: .togglePause) == "space" && table.name(of: .lookCloser) == "Enter")
        #expect(table.name(of: .rateDown) == "{" && table.name(of: .screen(6)) == "6")
        #expect(table.name(of: .search) == "ctrl-f")
        #expect(table.name(of: .freeze) == nil)
    }

    @Test
    func `one of a pair keeps the other where it is`() {
        let table = KeyTable.standard.binding(.rateUp, to: [.character("U")])
        #expect(table.command(for: .character("{"), on: .overview) == .rateDown)
        #expect(table.command(for: .character("}"), on: .overview) == nil)
        let line = table.bindings.first { $0.triggers.contains { $0.command == .rateUp } }
        #expect(line?.shown == "U {")
    }

    @Test
    func `footer and help show the person's keys`() {
        var desk = Desk()
        desk.state.person.keys = KeyTable.standard.binding(.togglePause, to: [.character("P")]).binding(.freeze, to: [])
        #expect(KeyMap.footer(for: desk.state).steering.first?.key == "P")
        #expect(!KeyMap.footer(for: desk.state).viewing.contains { $0.label == "freeze" })
        desk.type("P")
        desk.wait(1)
        #expect(desk.sent == [.pause])
        desk.type("v")
        #expect(desk.state.run.frozenSince == nil)
    }

    @Test
    func `a key that would mean two things is found`() {
        let table = KeyTable.standard.binding(.togglePause, to: [.character("e")])
        #expect(table.conflict(over: .character("e")).map { Set([$0.0, $0.1]) } == ["pause", "evaluate"])
        #expect(table.conflict(over: .character("p")) == nil)
        #expect(table.binding(.evaluate, to: []).conflict(over: .character("e")) == nil)
    }

    @Test(arguments: KeyMap.bindings.flatMap { $0.triggers.map(\.key) })
    func `every key has a name that reads back`(key: InputEvent.Key) { #expect(InputEvent.Key(name: key.name) == key) }

    @Test(
        arguments: ["ctrl-i", "ctrl-m", "ctrl-H", "", "xy", " ", "\u{7F}"])
    func `names that no terminal can tell apart are no keys`(name: String) {
        #expect(InputEvent.Key(name: name) == nil)
    }

    @Test
    func `every command has a name of its own`() {
        let commands = Set(KeyMap.bindings.flatMap { $0.triggers.map(\.command) })
        #expect(KeyTable.standard.commandNames.count == commands.count - 2)
    }
}
