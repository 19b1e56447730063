import History
import Runs

/// Which findings the person has heard of, so that the row of findings goes on to the next.
package struct HeardFindings: Hashable, Sendable {
    /// Those acknowledged, by what began when.
    private var acknowledged: Set<Mark> = []
    /// When those that were put off come back, in monotonic seconds.
    private var putOff: [Mark: Double] = [:]

    /// Seconds that a finding is put off.
    static let pause = 600.0

    private struct Mark: Hashable, Sendable {
        let kind: FindingKind
        let onset: Int
        let branch: Int

        init(_ finding: Finding) {
            (kind, onset, branch) = (finding.kind, finding.onset, finding.position.branch)
        }
    }

    /// Nothing heard.
    package init() {}

    mutating func acknowledge(_ finding: Finding) { acknowledged.insert(Mark(finding)) }

    mutating func putOff(_ finding: Finding, at now: Double) { putOff[Mark(finding)] = now + Self.pause }

    /// Those of a run that are to be said, the first cause first.
    package func rest(of run: RunHistory, at now: Double) -> [Finding] {
        run.findings.filter { !acknowledged.contains(Mark($0)) && putOff[Mark($0)].map { now >= $0 } ?? true }
    }
}

extension RunHistory {
    /// What is wrong now: the headline first, then in the order in which it was said.
    package var findings: [Finding] {
        let all = story.findings
        guard let head = all.last(where: \.isHeadline) else { return all }
        return [head] + all.filter { $0.kind != head.kind }
    }
}
