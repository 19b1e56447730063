import Runs

/// What a run took of its machine: all of the recent samples, fewer and fewer of the old.
///
/// Whenever there are more than 4,096, each two of the older half become one, so no step is lost. Arrivals count from the
/// run's beginning and stay valid.
struct SampleHistory: Sendable {
    /// Samples that are kept at most; each frame goes through them.
    static let capacity = 4096

    /// Oldest first.
    private(set) var samples: [SystemSample] = []
    /// Which one since the run's beginning each of them is, of two joined the newer.
    private var arrivals: [Int] = []
    /// Samples since the run's beginning, those that were joined included.
    private(set) var count = 0

    /// Takes the next sample. O(1), amortized.
    mutating func append(_ sample: SystemSample) {
        samples.append(sample)
        arrivals.append(count)
        count += 1
        if samples.count > Self.capacity { thin() }
    }

    /// The samples that are left from one on, oldest first. O(log n + those).
    func since(_ arrival: Int) -> [SystemSample] { Array(samples[arrivals.firstPlace { $0 >= arrival }...]) }

    private mutating func thin() {
        let half = Self.capacity / 2
        let older = stride(from: 1, to: half, by: 2).map { place in
            var joined = samples[place]
            joined.times = samples[place - 1].times.adding(joined.times)
            return joined
        }
        samples.replaceSubrange(..<half, with: older)
        arrivals.replaceSubrange(..<half, with: stride(from: 1, to: half, by: 2).map { arrivals[$0] })
    }
}

extension [Int] {
    /// The first place from which on a condition holds that holds for all after it; the count where it never does. O(log n).
    func firstPlace(where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
