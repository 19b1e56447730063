import Fields
import Plans
import Settings

/// What can be written in a config, out of the tables that read it: topics found by the words a person knows.
package enum ConfigReference {
    /// Something to be explained, with the way to it: `optimizer.sgd`.
    package struct Topic: Sendable {
        /// The way to it from the config, with points: `optimizer.sgd.momentum`.
        package let path: String
        /// What there is to tell.
        package let content: Content
    }

    /// What a topic is about.
    package enum Content: Sendable {
        /// An object: the whole config, or options such as those of `plateau`.
        case object(any Written.Type)
        /// One field, with its cases where it has some.
        case field(FieldDescription)
        /// A case out of several, and all the fields that stand with it.
        case kind(any Written.Type, [FieldDescription])
    }

    /// The keys of a config that go by another name too.
    private static let aliases = ["layers": "model", "layer": "model"]

    /// The topics that a key means: a path such as `optimizer.sgd.momentum`, or a word that stands somewhere in a config, such as
    /// `conv2d`; a word may mean several (`linear` is a layer and a schedule). Without a key the whole config.
    package static func topics(_ key: String?) throws(UsageError) -> [Topic] {
        guard let key else { return [Topic(path: "", content: .object(RunPlan.self))] }
        let steps = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let first = aliases[steps[0]] ?? steps[0]
        var found = children(of: Topic(path: "", content: .object(RunPlan.self))).filter { $0.name == first }
        if found.isEmpty { found = all.filter { $0.name == first && $0.isKind } }
        guard !found.isEmpty else { throw unknown(key, steps[0], among: all.map(\.name) + aliases.keys.sorted()) }
        for step in steps.dropFirst() {
            let next = found.flatMap(children)
            found = next.filter { $0.name == step }
            guard !found.isEmpty else { throw unknown(key, step, among: next.map(\.name)) }
        }
        return found
    }

    private static func unknown(_ key: String, _ word: String, among names: [String]) -> UsageError {
        let hint =
            Setting.nearestName(to: word, in: names).map { "did you mean \"\($0)\"?" }
            ?? (names.isEmpty ? "it has no options" : "sitter help config lists all")
        return UsageError("a config has no \"\(key)\"; \(hint)")
    }

    /// Everything that can be written, each once, the config's own keys first; what layers hold within layers not again.
    package static let all: [Topic] = {
        var (topics, seen): ([Topic], Set<ObjectIdentifier>) = ([], [])
        var waiting = [Topic(path: "", content: .object(RunPlan.self))]
        while !waiting.isEmpty {
            let topic = waiting.removeFirst()
            if !topic.path.isEmpty { topics.append(topic) }
            waiting += children(of: topic).filter { child in
                guard case .kind(let type, _) = child.content else { return true }
                return seen.insert(ObjectIdentifier(type)).inserted
            }
        }
        return topics
    }()

    /// What is written within a topic.
    static func children(of topic: Topic) -> [Topic] {
        switch topic.content {
        case .object(let type): fields(type.descriptions, in: topic)
        case .kind(let type, let descriptions): type.brevity == .bare ? [] : fields(descriptions, in: topic)
        case .field(let field): nested(in: field.form, of: topic)
        }
    }

    private static func fields(_ descriptions: [FieldDescription], in topic: Topic) -> [Topic] {
        descriptions.map { Topic(path: topic.path(to: $0.key), content: .field($0)) }
    }

    /// The cases and the options that a form holds.
    private static func nested(in form: FieldForm, of topic: Topic) -> [Topic] {
        switch form {
        case .choice(let type): kinds(of: type, in: topic) + fields(type.descriptionsBeside, in: topic)
        case .object(let type): fields(type.descriptions, in: topic)
        case .list(let form), .nullable(let form), .checked(let form, _, _), .pair(let form, _, _):
            nested(in: form, of: topic)
        case .either(let forms, _): forms.flatMap { nested(in: $0, of: topic) }
        case .flag, .yes, .number, .integer, .unsigned, .text, .path, .word, .length, .member: []
        }
    }

    private static func kinds<Whole: Alternatives>(of type: Whole.Type, in topic: Topic) -> [Topic] {
        type.alternatives.map { alternative in
            let word = alternative.kind.word
            return Topic(
                path: topic.path(to: word), content: .kind(alternative.kind, type.descriptions(of: word) ?? []))
        }
    }
}

extension ConfigReference.Topic {
    /// The last step of the path.
    package var name: String { path.split(separator: ".").last.map(String.init) ?? "" }

    /// Whether it is a case out of several.
    var isKind: Bool {
        if case .kind = content { true } else { false }
    }

    /// What it does, in one sentence without a full stop.
    package var meaning: String {
        switch content {
        case .object(let type): type.meaning
        case .field(let field): field.meaning
        case .kind(let type, _): type.meaning
        }
    }

    fileprivate func path(to step: String) -> String { path.isEmpty ? step : "\(path).\(step)" }
}
