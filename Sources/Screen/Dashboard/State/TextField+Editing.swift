import Cells

extension TextField {
    /// Longer texts are cut: nothing typed here needs more.
    static let limit = 200

    /// Takes an editing key.
    /// - Returns: whether the text or the cursor may have changed; other keys are the caller's.
    package mutating func edit(_ key: InputEvent.Key) -> Bool {
        switch key {
        case .character(let character): insert(String(character))
        case .backspace: remove(cursor - 1..<cursor)
        case .delete: remove(cursor..<cursor + 1)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home, .control("a"): cursor = 0
        case .end, .control("e"): cursor = text.count
        case .control("u"): remove(0..<cursor)
        case .control("k"): remove(cursor..<text.count)
        case .control("w"): removeWord()
        default: return false
        }
        return true
    }

    /// Puts text at the cursor; line breaks and control characters become blanks, surrounding ones go.
    mutating func paste(_ pasted: String) {
        let line = String(pasted.map { $0.isNewline || $0.isControl ? " " : $0 })
        let words = line.drop { $0 == " " }
        insert(String(words.reversed().drop { $0 == " " }.reversed()))
    }

    private mutating func insert(_ added: String) {
        var characters = Array(text)
        cursor = min(max(0, cursor), characters.count)
        let room = max(0, Self.limit - characters.count)
        let kept = added.filter { !$0.isControl }.prefix(room)
        characters.insert(contentsOf: kept, at: cursor)
        let before = cursor + kept.count
        text = String(characters)
        // A combining mark joins the character before it.
        cursor = min(before, text.count)
    }

    private mutating func remove(_ range: Range<Int>) {
        var characters = Array(text)
        let range = range.clamped(to: 0..<characters.count)
        guard !range.isEmpty else { return }
        characters.removeSubrange(range)
        text = String(characters)
        if cursor > range.lowerBound { cursor = max(range.lowerBound, cursor - range.count) }
        cursor = min(cursor, text.count)
    }

    private mutating func removeWord() {
        let before = Array(text.prefix(cursor))
        var start = before.count
        while start > 0, before[start - 1] == " " { start -= 1 }
        while start > 0, before[start - 1] != " " { start -= 1 }
        remove(start..<cursor)
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.value < 32 || (0x7F...0x9F).contains($0.value) } }
}
