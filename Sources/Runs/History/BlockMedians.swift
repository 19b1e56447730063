/// Medians of whole blocks of 256 points of a series, each worked out when it is first asked for.
struct BlockMedians: Sendable {
    /// From the first block on that is not only a bucket.
    private var known: [Double] = []
    private var first = 0

    /// What no median is: they are finite, or NaN where nothing is.
    private static let unknown = Double.infinity

    /// The median of a block's finite values, NaN where there is none. O(1) where it is known.
    mutating func median(of block: Int, in series: MetricSeries) -> Double {
        let dropped = series.droppedMedians.count
        if block < dropped { return series.droppedMedians[block] }
        if first < dropped {
            known.removeFirst(min(known.count, dropped - first))
            first = dropped
        }
        let place = block - first
        while known.count <= place { known.append(Self.unknown) }
        if known[place] == Self.unknown { known[place] = series.median(ofBlock: block) }
        return known[place]
    }
}
