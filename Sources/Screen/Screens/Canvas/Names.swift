/// Names cut to a number of characters, such that different names stay different: `7.shortcut.0` as `7.sh…0`.
///
/// Their beginnings and their last parts are kept; those that would look alike so have the first letter of each part instead, with
/// its digits (`3.b.0.c1`). Where that is too long too, they are cut at other places, and where no cut tells them apart they end
/// with their number in the list. Fewer columns than that takes can make them equal. O(n width) for n names.
package func shortened(_ names: [String], to width: Int, mark: Character = "…") -> [String] {
    guard width > 0 else { return names.map { _ in "" } }
    var taken = Set(names.filter { $0.count <= width })
    let cuts = names.map { $0.count <= width ? [] : cutBetweenParts($0, to: width, mark) }
    // A cut that several names share tells none of them apart.
    let uses = Set(zip(names, cuts).compactMap { name, cuts in cuts.first.map { [name, $0] } }).reduce(into: [:]) {
        $0[$1[1], default: 0] += 1
    }
    // Equal names may look alike: nothing tells them apart.
    var found: [String: String] = [:]
    return names.enumerated().map { index, name in
        if name.count <= width { return name }
        if let before = found[name] { return before }
        let usual = cuts[index].first.map { uses[$0] == 1 ? [$0] : [] } ?? []
        let letters = [initials(name)].filter { $0.count <= width }
        let numbers = stride(from: index, to: index + 100 * names.count, by: names.count).lazy
            .map { String(mark) + String($0) }.filter { $0.count <= width }
        let short =
            (usual + letters + cuts[index]).first { !taken.contains($0) }
            ?? cutAnywhere(name, to: width, mark).first { !taken.contains($0) }
            ?? numbers.first { !taken.contains($0) }
            ?? String(String(index).suffix(width))
        taken.insert(short)
        found[name] = short
        return short
    }
}

/// A name without what stands before its last parts, the most of these first; what is left of the beginning goes on behind its
/// first part.
private func cutBetweenParts(_ name: String, to width: Int, _ mark: Character) -> [String] {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return [] }
    return (1..<parts.count).compactMap { first in
        let tail = parts[first...].joined(separator: ".")
        let head = width - 1 - tail.count
        return head >= parts[0].count ? String(name.prefix(head)) + String(mark) + tail : nil
    }
}

/// The first letter of each part with its digits.
private func initials(_ name: String) -> String {
    name.split(separator: ".").map { part in
        String(part.prefix(1)) + part.dropFirst().filter(\.isNumber)
    }.joined(separator: ".")
}

/// A name without so much of its middle, wherever that begins.
private func cutAnywhere(_ name: String, to width: Int, _ mark: Character) -> some Sequence<String> {
    let room = width - 1
    // What tells layers apart mostly stands at the end, so the tail gets the larger part first.
    let tails = (0...room).sorted { abs($0 * 3 - room * 2) < abs($1 * 3 - room * 2) }
    return tails.lazy.map { tail in String(name.prefix(room - tail)) + String(mark) + String(name.suffix(tail)) }
}

extension SceneView {
    /// The names of all layers, none longer than a number of columns, and different from each other.
    func layerNames(to width: Int) -> [String] {
        let names = run.description.layers.map { shown($0.name) }
        return shortened(names, to: width, mark: isASCII ? "~" : "…")
    }
}
