import Dashboard

extension SceneView {
    /// What a key is called on the screen, nil where the person has given it to nothing.
    func key(_ command: KeyCommand) -> String? { state.person.keys.name(of: command) }

    /// A key and what it does: `o order`; nothing where it has none.
    func hint(_ command: KeyCommand, _ words: String) -> [Span]? {
        key(command).map { [Span($0, .key), .dim(" " + words)] }
    }
}
