import Runs

/// What a run took of its machine: all of the recent samples, fewer and fewer of the old.
///
/// Whenever there are more than 4,096, each two of the older half become one. Indices count from the
/// run's beginning and stay valid.
struct SampleHistory {
    /// Samples that are kept at most.
    static let capacity = 4096

    private var kept: [(index: Int, sample: SystemSample)] = []
    /// Samples since the run's beginning, those that are gone included.
    private(set) var count = 0

    mutating func append(_ sample: SystemSample) {
        kept.append((count, sample))
        count += 1
        if kept.count > Self.capacity { thin() }
    }

    /// The samples that are left from `index` on, oldest first.
    func since(_ index: Int) -> [SystemSample] {
        let first = kept.firstIndex { $0.index >= index } ?? kept.count
        return kept[first...].map(\.sample)
    }

    private mutating func thin() {
        let half = Self.capacity / 2
        let older = stride(from: 1, to: half, by: 2).map { place in
            var joined = kept[place]
            joined.sample.times = joined.sample.times.since(StepTimes().since(kept[place - 1].sample.times))
            return joined
        }
        kept.replaceSubrange(..<half, with: older)
    }
}
