/// Names cut in the middle to a number of characters, such that different names stay different: `3.body.0.conv` as `3.…conv`.
///
/// Heads and tails are kept as they come where that is enough; else those that would look alike are cut at other places, and
/// where no cut tells them apart they end with their number in the list. Fewer columns than that takes can make them equal.
/// O(n width) for n names.
package func shortened(_ names: [String], to width: Int, mark: Character = "…") -> [String] {
    guard width > 0 else { return names.map { _ in "" } }
    var taken = Set(names.filter { $0.count <= width })
    // Equal names may look alike: nothing tells them apart.
    var found: [String: String] = [:]
    return names.enumerated().map { index, name in
        if name.count <= width { return name }
        if let before = found[name] { return before }
        let characters = Array(name)
        let room = width - 1
        // What tells layers apart mostly stands at the end, so the tail gets the larger part first.
        let tails = (0...room).sorted { abs($0 * 3 - room * 2) < abs($1 * 3 - room * 2) }
        let cuts = tails.lazy.map { tail in
            String(characters.prefix(room - tail)) + String(mark) + String(characters.suffix(tail))
        }
        let numbers = stride(from: index, to: index + 100 * names.count, by: names.count).lazy
            .map { String(mark) + String($0) }.filter { $0.count <= width }
        let short =
            cuts.first { !taken.contains($0) } ?? numbers.first { !taken.contains($0) }
            ?? String(String(index).suffix(width))
        taken.insert(short)
        found[name] = short
        return short
    }
}

extension SceneView {
    /// The names of all layers, none longer than a number of columns, and different from each other.
    func layerNames(to width: Int) -> [String] {
        let names = run.description.layers.map { shown($0.name) }
        return shortened(names, to: width, mark: isASCII ? "~" : "…")
    }
}
