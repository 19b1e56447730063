import Runs

/// The layer reports of a run: all of the recent ones, fewer and fewer of the old.
///
/// Whenever there are more than 2,048, every second one of the older half goes. Indices count from the run's
/// beginning and stay valid.
struct LayersHistory {
    /// Reports that are kept at most.
    static let capacity = 2048

    private var kept: [(index: Int, report: LayersReport)] = []
    /// Reports since the run's beginning, those that are gone included.
    private(set) var count = 0

    mutating func append(_ report: LayersReport) {
        kept.append((count, report))
        count += 1
        if kept.count > Self.capacity { thin() }
    }

    /// The reports that are left from `index` on, oldest first. O(log kept + those).
    func since(_ index: Int) -> [LayersReport] {
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = (low + high) / 2
            if kept[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return kept[low...].map(\.report)
    }

    private mutating func thin() {
        let half = Self.capacity / 2
        let older = stride(from: 0, to: half, by: 2).map { kept[$0] }
        kept.replaceSubrange(..<half, with: older)
    }
}
