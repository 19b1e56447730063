import Plans
import Tensors

/// The data that a process has read, for the runs to come: trials differ in their networks, not in their examples.
struct DataCache {
    private var kept: [LoadedData] = []
    /// How many are kept: a search over folds needs each of them again.
    private let most: Int
    /// Bytes that may be kept beside what is used last.
    private static let limit = 1 << 30

    init(most: Int) { self.most = max(1, most) }

    /// The data of a plan, read where no run before had the same.
    mutating func data(for plan: RunPlan, pool: WorkerPool) throws(PreparationError) -> LoadedData {
        if let place = kept.firstIndex(where: { $0.serves(plan) }) {
            kept.append(kept.remove(at: place))
        } else {
            // What cannot stay goes before the next is read.
            while !kept.isEmpty, kept.count >= most || bytes > Self.limit { kept.removeFirst() }
            kept.append(try LoadedData(plan, pool: pool))
        }
        return kept[kept.count - 1]
    }

    private var bytes: Int {
        kept.reduce(0) { sum, data in
            let count = data.training.count + (data.validation?.count ?? 0)
            return sum + 4 * count * data.training.storedShape.count
        }
    }
}
