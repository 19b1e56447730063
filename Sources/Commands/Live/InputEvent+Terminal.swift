import CursesTerminal
import Dashboard

extension InputEvent {
    /// What the dashboard makes of the terminal's event; nil for what is no input.
    package init?(_ event: TerminalEvent) {
        switch event {
        case .key(let key): self = .key(Key(key))
        case .mouse(let mouse): self = .mouse(Mouse(kind: Mouse.Kind(mouse.kind), x: mouse.x, y: mouse.y))
        case .paste(let text): self = .paste(text)
        case .focus: self = .focus
        case .ignored: self = .ignored
        case .resized, .endOfInput: return nil
        }
    }
}

extension InputEvent.Key {
    fileprivate init(_ key: TerminalEvent.Key) {
        self =
            switch key {
            case .character(let character): .character(character)
            case .control(let character): .control(character)
            case .enter: .enter
            case .escape: .escape
            case .tab: .tab
            case .backTab: .backTab
            case .backspace: .backspace
            case .delete: .delete
            case .up: .up
            case .down: .down
            case .left: .left
            case .right: .right
            case .home: .home
            case .end: .end
            case .pageUp: .pageUp
            case .pageDown: .pageDown
            }
    }
}

extension InputEvent.Mouse.Kind {
    fileprivate init(_ kind: TerminalEvent.Mouse.Kind) {
        self =
            switch kind {
            case .press: .press
            case .release: .release
            case .drag: .drag
            case .wheelUp: .wheelUp
            case .wheelDown: .wheelDown
            }
    }
}
