import Cells
import Runs

extension Form.TagChooser {
    /// The series that are listed, of all there are.
    package func listed(of tags: [TagSeries]) -> [TagSeries] {
        let words = field.text.lowercased()
        return words.isEmpty ? tags : tags.filter { $0.name.lowercased().contains(words) }
    }

    /// Takes a key.
    /// - Returns: the tag that was chosen, once it is one.
    mutating func press(_ key: InputEvent.Key, among tags: [TagSeries]) -> String? {
        let listed = listed(of: tags)
        let place = listed.firstIndex { $0.name == selected }
        func name(at index: Int) -> String {
            listed.isEmpty ? selected : listed[min(max(0, index), listed.count - 1)].name
        }
        error = nil
        switch key {
        case .up: selected = name(at: (place ?? listed.count) - 1)
        case .down: selected = name(at: (place ?? -1) + 1)
        case .pageUp: selected = name(at: (place ?? 0) - 10)
        case .pageDown: selected = name(at: (place ?? 0) + 10)
        case .home: selected = name(at: 0)
        case .end: selected = name(at: listed.count - 1)
        case .tab, .backTab:
            let all = TagUse.allCases
            let step = key == .tab ? 1 : all.count - 1
            use = all[((all.firstIndex(of: use) ?? 0) + step) % all.count]
        case .enter:
            guard let place else { return nil }
            guard listed[place].isShare || !use.isShare else {
                error = "its numbers are no shares and no percentages"
                return nil
            }
            return selected
        default:
            guard field.edit(key) else { return nil }
            let left = self.listed(of: tags)
            if !left.contains(where: { $0.name == selected }), let first = left.first { selected = first.name }
        }
        return nil
    }
}

extension OpenOverlay {
    /// Opens the list of series, of a run that is read from such.
    mutating func openTags(in situation: Situation) -> Remark? {
        guard let tags = situation.run.live.description.tags, let first = tags.first else {
            return Remark("no tags to choose from: the run is not read from event files", for: 3)
        }
        let loss = tags.first { $0.use == .loss }
        open(.form(.tags(Form.TagChooser(selected: (loss ?? first).name))), at: situation.now)
        return nil
    }
}
