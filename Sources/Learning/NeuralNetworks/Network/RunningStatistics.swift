import Tensors

/// What the normalization layers of a network remember of the batches they have seen.
package final class RunningStatistics {
    /// Where each layer's mean and variance lie.
    package let layout: ParameterLayout
    /// Means and variances, `layout.count` numbers.
    package let buffers: FloatBuffer
    /// One for each batch norm; of a network's own statistics, those that its nodes count with.
    private let counters: [BatchCounter]

    init(layout: ParameterLayout, counters: [BatchCounter]) {
        self.layout = layout
        self.counters = counters
        buffers = FloatBuffer(count: layout.count)
    }

    /// A twin with memory of its own and the same content.
    package convenience init(twinOf other: RunningStatistics) {
        self.init(layout: other.layout, counters: other.counters.map { BatchCounter(name: $0.name) })
        copy(from: other)
    }

    /// Takes over everything from the statistics of the same network. Allocates nothing.
    package func copy(from other: RunningStatistics) {
        buffers.copy(from: other.buffers)
        for index in counters.indices { counters[index].count = other.counters[index].count }
    }

    /// The statistics of some layers.
    package struct Part {
        fileprivate var ranges: [Range<Int>] = []
        fileprivate var counters: [Int] = []

        /// Of no layer.
        package init() {}
    }

    /// Those of some layers, by their names.
    package func part(of layers: Set<String>) -> Part {
        var part = Part()
        part.ranges = layout.segments.filter { layers.contains(String($0.layer)) }.map(\.range)
        part.counters = counters.indices.filter { layers.contains(String(counters[$0].layer)) }
        return part
    }

    /// Takes over a part from the statistics of the same network. Allocates nothing.
    package func copy(_ part: Part, from other: RunningStatistics) {
        for range in part.ranges {
            (buffers.pointer + range.lowerBound).update(
                from: other.buffers.pointer + range.lowerBound, count: range.count)
        }
        for index in part.counters { counters[index].count = other.counters[index].count }
    }

    /// Lets a part be as before the first batch.
    func reset(_ part: Part) {
        for index in part.counters { counters[index].count = 0 }
        for segment in layout.segments where part.ranges.contains(segment.range) {
            (buffers.pointer + segment.offset).update(
                repeating: segment.name.hasSuffix(".running_var") ? 1 : 0, count: segment.count)
        }
    }

    /// Training batches that each batch norm has seen, by PyTorch's name (`1.num_batches_tracked`); unknown names are
    /// ignored.
    package var batchesTracked: [String: Int] {
        get { Dictionary(uniqueKeysWithValues: counters.map { ($0.name, $0.count) }) }
        set { for counter in counters { counter.count = newValue[counter.name] ?? counter.count } }
    }

    /// Means, variances and counts under PyTorch's names.
    var tensors: [SafetensorsTensor] {
        SafetensorsTensor.segments(of: layout, in: buffers)
            + counters.map {
                SafetensorsTensor(name: $0.name, shape: Shape([]), values: .integers([Int64($0.count)]))
            }
    }

    /// The counts of batches that a file holds, by their names without the prefix.
    package static func batchCounts(of file: SafetensorsFile, prefix: String = "") -> [String: Int] {
        var counts: [String: Int] = [:]
        for entry in file.entries where entry.isBatchCount && entry.name.hasPrefix(prefix) {
            counts[String(entry.name.dropFirst(prefix.count))] = file.integers(entry)?.first.map { Int($0) }
        }
        return counts
    }
}

/// Training batches that a batch norm has seen, PyTorch's `num_batches_tracked`.
final class BatchCounter {
    let name: String
    var count = 0

    init(name: String) { self.name = name }

    /// The name of the layer that counts.
    var layer: Substring { name[..<(name.lastIndex(of: ".") ?? name.startIndex)] }
}
