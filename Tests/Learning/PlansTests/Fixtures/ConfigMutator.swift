import TestSupport

/// Bends configs at random, by a grammar: values, keys, names, lists and nesting; the same bends in every run.
struct ConfigMutator {
    private var generator: SplitMix64
    /// What the keys of all configs stand for, in their order: values that fit somewhere.
    private let members: [ConfigTree.Member]
    /// The values of the configs' own keys.
    private let topMembers: [ConfigTree.Member]
    private let entries: [ConfigTree]

    private static let leaves = [
        "-1", "0", "1", "2", "3", "4", "7", "0.5", "0.25", "0.999", "1.5", "-0.5", "1e-3", "1e3", "1e6", "1e9", "1e-9",
        "1e-50",
        "1e39", "1e308", "1e400", "65535", "65536", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "0x10", "NaN",
        "Infinity", "true", "false", "null", "\"\"", "\"relu\"", "\"tanh\"", "\"loss\"", "\"accuracy\"", "\"fanIn\"",
        "\"all\"",
        "\"channels\"", "\"features\"", "\"regression\"", "\";\"", "\"mse\"", "\"off\"", "\"adding\"",
        "\"/data/x.npy\"",
        "\"x.csv\"", "[]", "{}", "[1, 2]", "[0.5]", "[0.5, 0.25]", "[1, 2, 3]", "{ epochs: 2 }", "{ a: 1 }",
    ]

    init(seed: UInt64, corpus: [ConfigTree]) {
        generator = SplitMix64(seed: seed)
        members = corpus.flatMap(\.allMembers)
        topMembers = corpus.flatMap { tree -> [ConfigTree.Member] in
            guard case .object(let members) = tree else { return [] }
            return members
        }
        entries = corpus.flatMap(\.allEntries)
    }

    /// The tree with one to three bends.
    mutating func bend(_ tree: ConfigTree) -> ConfigTree {
        var tree = tree
        for _ in 0...draw(3) { bendOnce(&tree) }
        return tree
    }

    /// The tree with one part changed: each part in turn replaced by a few values that mostly don't fit, each key left out and
    /// each object with a key too many.
    mutating func variations(of tree: ConfigTree) -> [ConfigTree] {
        var variations: [ConfigTree] = []
        for index in 1..<tree.count {
            for _ in 0..<3 {
                var changed = tree
                changed[index] = .leaf(Self.leaves[draw(Self.leaves.count)])
                variations.append(changed)
            }
        }
        for index in 0..<tree.count {
            guard case .object(let members) = tree[index] else { continue }
            for place in members.indices {
                var (changed, fewer) = (tree, members)
                fewer.remove(at: place)
                changed[index] = .object(fewer)
                variations.append(changed)
            }
            var changed = tree
            changed[index] = .object(members + [self.members[draw(self.members.count)]])
            variations.append(changed)
        }
        return variations
    }

    private mutating func bendOnce(_ tree: inout ConfigTree) {
        switch draw(20) {
        case 0..<3: replaceTop(&tree)
        case 3..<6:
            changeMember(of: &tree) { mutator, members, place in
                members[place].value = mutator.value(for: members[place].key)
            }
        case 6:
            changeMember(of: &tree) { mutator, members, place in
                members[place].key = mutator.misspelt(members[place].key)
            }
        case 7: changeMember(of: &tree) { _, members, place in members.remove(at: place) }
        case 8:
            changeMember(of: &tree) { mutator, members, place in
                members.append(mutator.members[mutator.draw(mutator.members.count)])
            }
        case 9:
            changeMember(of: &tree) { mutator, members, place in
                members.insert(members[place], at: mutator.draw(members.count))
            }
        case 10:
            changeEntry(of: &tree) { mutator, entries, place in
                entries.insert(mutator.entries[mutator.draw(mutator.entries.count)], at: place)
            }
        case 11:
            changeEntry(of: &tree) { mutator, entries, place in
                if mutator.draw(2) == 0 { entries.remove(at: place) } else { entries.append(entries[place]) }
            }
        case 12:
            changeEntry(of: &tree) { mutator, entries, place in
                entries[place] = mutator.entries[mutator.draw(mutator.entries.count)]
            }
        case 13..<16: changeLeaf(of: &tree)
        case 16: changeForm(of: &tree)
        default:
            changeMember(of: &tree) { mutator, members, place in
                members[place].value = .leaf(Self.leaves[mutator.draw(Self.leaves.count)])
            }
        }
    }

    private mutating func draw(_ count: Int) -> Int { Int(generator.next() % UInt64(max(1, count))) }

    /// Puts another config's value in the place of a top-level key.
    private mutating func replaceTop(_ tree: inout ConfigTree) {
        guard case .object(var members) = tree else { return }
        let other = topMembers[draw(topMembers.count)]
        if let place = members.firstIndex(where: { $0.key == other.key }) {
            members[place] = other
        } else {
            members.append(other)
        }
        tree = .object(members)
    }

    /// A value that the key has elsewhere, or another where it is the only one.
    private mutating func value(for key: String) -> ConfigTree {
        let fitting = members.filter { $0.key == key }
        return fitting.isEmpty ? members[draw(members.count)].value : fitting[draw(fitting.count)].value
    }

    private mutating func misspelt(_ key: String) -> String {
        var letters = Array(key)
        guard letters.count > 1 else { return key + "x" }
        let place = draw(letters.count - 1)
        switch draw(4) {
        case 0: letters.remove(at: place)
        case 1: letters.swapAt(place, place + 1)
        case 2: letters.insert("x", at: place)
        default: return members[draw(members.count)].key
        }
        return String(letters)
    }

    private mutating func changeMember(
        of tree: inout ConfigTree, _ change: (inout ConfigMutator, inout [ConfigTree.Member], Int) -> Void
    ) {
        let objects = (0..<tree.count).filter {
            if case .object(let members) = tree[$0] { !members.isEmpty } else { false }
        }
        guard !objects.isEmpty else { return }
        // The whole is one object of many, and has most of the keys.
        let index = draw(3) == 0 ? 0 : objects[draw(objects.count)]
        guard case .object(var members) = tree[index], !members.isEmpty else { return }
        let place = draw(members.count)
        change(&self, &members, place)
        tree[index] = .object(members)
    }

    private mutating func changeEntry(
        of tree: inout ConfigTree, _ change: (inout ConfigMutator, inout [ConfigTree], Int) -> Void
    ) {
        let lists = (0..<tree.count).filter {
            if case .list(let entries) = tree[$0] { !entries.isEmpty } else { false }
        }
        guard !lists.isEmpty else { return }
        let index = lists[draw(lists.count)]
        guard case .list(var entries) = tree[index] else { return }
        let place = draw(entries.count)
        change(&self, &entries, place)
        tree[index] = .list(entries)
    }

    private mutating func changeLeaf(of tree: inout ConfigTree) {
        let leaves = (0..<tree.count).filter { if case .leaf = tree[$0] { true } else { false } }
        guard !leaves.isEmpty else { return }
        let index = leaves[draw(leaves.count)]
        guard case .leaf(let text) = tree[index] else { return }
        if let number = Double(text) {
            let changed = [-number, number * 10, number / 10, number + 0.5, number + 1, number - 1][draw(6)]
            tree[index] = .leaf(changed == changed.rounded() && abs(changed) < 1e15 ? "\(Int(changed))" : "\(changed)")
        } else if text.hasPrefix("\""), text.count > 3 {
            tree[index] = .leaf("\"\(misspelt(String(text.dropFirst().dropLast())))\"")
        } else {
            tree[index] = .leaf(Self.leaves[draw(Self.leaves.count)])
        }
    }

    /// The same value in another form: a name as an object, main options with and without their key, too deep.
    private mutating func changeForm(of tree: inout ConfigTree) {
        let index = draw(tree.count)
        let part = tree[index]
        switch (part, draw(8)) {
        case (.leaf(let text), 0..<4) where text.hasPrefix("\"") && text.count > 2:
            tree[index] = .object([.init(key: String(text.dropFirst().dropLast()), value: .object([]))])
        case (.object(let members), 0..<4) where !members.isEmpty:
            tree[index] = members[draw(members.count)].value
        case (_, 4): tree[index] = .object([.init(key: members[draw(members.count)].key, value: part)])
        case (_, 5): tree[index] = .list([part, part])
        case (_, 6): tree[index] = (0..<draw(80)).reduce(part) { nested, _ in .list([nested]) }
        default: tree[index] = .list([part])
        }
    }
}
