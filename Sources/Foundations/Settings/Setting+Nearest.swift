extension Setting {
    /// The known name that `name` is most likely a slip of; nil where none is plausible.
    ///
    /// Compares without case, `_` and `-` by optimal string alignment distance (insert, delete, replace, swap two
    /// neighbours), and accepts a third of the letters wrong; next, a known name that `name` begins. The first of equals.
    package static func nearestName(to name: String, in names: [String]) -> String? {
        let wanted = letters(name)
        guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
        let ranked = names.map { (name: $0, distance: distance(wanted, letters($0))) }
        if let best = ranked.min(by: { $0.distance < $1.distance }) {
            let allowed = max(1, max(wanted.count, letters(best.name).count) / 3)
            if best.distance <= allowed, best.distance < wanted.count { return best.name }
        }
        guard wanted.count >= 3 else { return nil }
        return names.first { letters($0).starts(with: wanted) }
    }

    /// What to write instead of an unknown name: the nearest, or else all of them.
    static func suggestion(for name: String, in names: [String], what: String) -> String {
        if let nearest = nearestName(to: name, in: names) { return "did you mean \(nearest.quoted)?" }
        if names.isEmpty { return "there is no \(what) to write here" }
        return "known \(what)\(names.count == 1 ? "" : "s"): \(names.listed(joint: "and"))"
    }

    private static func letters(_ name: String) -> [Character] {
        name.prefix(65).lowercased().filter { $0 != "_" && $0 != "-" }
    }

    private static func distance(_ first: [Character], _ second: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...second.count)
        for i in first.indices {
            var current = [i + 1]
            for j in second.indices {
                var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (first[i] == second[j] ? 0 : 1))
                if i > 0, j > 0, first[i] == second[j - 1], first[i - 1] == second[j] {
                    best = min(best, beforePrevious[j - 1] + 1)
                }
                current.append(best)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[second.count]
    }
}
