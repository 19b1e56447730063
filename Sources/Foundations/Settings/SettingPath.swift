/// The way from the document's root to a value, kept as links so that long names in deep documents cost nothing.
indirect enum SettingPath: Sendable {
    case root
    case member(of: SettingPath, name: String)
    case element(of: SettingPath, index: Int)
}

extension SettingPath: CustomStringConvertible {
    /// `model[3].conv2d.kernel`; names that are no plain words stand in brackets: `data["a b"]`.
    var description: String {
        var steps: [String] = []
        var path = self
        while true {
            switch path {
            case .root:
                let text = steps.reversed().joined()
                return text.first == "." ? String(text.dropFirst()) : text
            case .member(let parent, let name):
                steps.append(Self.isPlain(name) ? ".\(name)" : "[\(name.quoted)]")
                path = parent
            case .element(let parent, let index):
                steps.append("[\(index)]")
                path = parent
            }
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 60 else { return false }
        return name.unicodeScalars.allSatisfy { scalar in
            scalar == "_" || scalar == "$" || scalar == "-" || scalar.properties.isAlphabetic
                || scalar.properties.numericType != nil
        }
    }
}
