import Runs

/// That a stretch of a series holds values that are not finite: NaN before infinity.
package enum SeriesTrouble: Hashable, Sendable {
    case nan
    case infinite
}

extension SeriesSummary {
    /// What a chart draws of the stretch, nil where no value is finite.
    var column: SeriesColumn? { finite > 0 ? SeriesColumn(low: low, high: high, last: last) : nil }

    var trouble: SeriesTrouble? { nan > 0 ? .nan : infinite > 0 ? .infinite : nil }
}
