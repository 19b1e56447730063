extension LayersReport: Codable {
    private enum CodingKeys: String, CodingKey {
        case position, numbers, sampled, ranges, counts
    }

    private static let numbers: [WritableKeyPath<LayerStatistics, Double> & Sendable] = [
        \.mean, \.std, \.unitStd, \.zeros, \.saturated, \.neverFired, \.signalNorm, \.gradientNorm, \.updateRatio,
    ]
    private static let extremes: [WritableKeyPath<LayerStatistics, Float> & Sendable] = [\.minimum, \.maximum]

    /// - Throws: where the columns do not fit each other.
    package convenience init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let position = try values.decode(Position.self, forKey: .position)
        let numbers = try values.decode(Packed<Double>.self, forKey: .numbers).numbers
        let sampled = try values.decode(Packed<UInt8>.self, forKey: .sampled).numbers
        let ranges = try values.decode(Packed<Float>.self, forKey: .ranges).numbers
        let counts = try values.decode(Packed<UInt32>.self, forKey: .counts).numbers
        let width = Self.numbers.count
        let layerCount = numbers.count / width
        let hasParameters = sampled.count == 2 * layerCount && layerCount > 0
        // Extremes of layers, then ends of histograms: what they hand on, what goes in, weights, gradients.
        let histograms = (hasParameters ? 4 : 2) * layerCount
        guard numbers.count % width == 0, sampled.count == (hasParameters ? 2 : 1) * layerCount,
            ranges.count == 2 * (layerCount + histograms), counts.count == Histogram.binCount * histograms
        else { throw PackingError("columns of layers that do not fit each other") }
        func histogram(_ place: Int) -> Histogram {
            let from = Histogram.binCount * place
            return Histogram(
                low: ranges[2 * (layerCount + place)], high: ranges[2 * (layerCount + place) + 1],
                counts: Array(counts[from..<from + Histogram.binCount]))
        }
        let layers = (0..<layerCount).map { layer in
            var statistics = LayerStatistics.empty
            for (place, path) in Self.numbers.enumerated() {
                statistics[keyPath: path] = numbers[layer * width + place]
            }
            for (place, path) in Self.extremes.enumerated() { statistics[keyPath: path] = ranges[2 * layer + place] }
            statistics.sampled = sampled[layer] != 0
            statistics.histogram = histogram(2 * layer)
            statistics.preactivation = histogram(2 * layer + 1)
            return statistics
        }
        let parameters = (0..<(hasParameters ? layerCount : 0)).map { layer in
            ParameterStatistics(
                weights: histogram(2 * layerCount + 2 * layer), gradients: histogram(2 * layerCount + 2 * layer + 1),
                sampled: sampled[layerCount + layer] != 0)
        }
        self.init(position: position, layers: layers, parameters: parameters)
    }

    /// Columns over all layers.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        let parameters = parameters
        try values.encode(position, forKey: .position)
        try values.encode(Packed(layers.flatMap { layer in Self.numbers.map { layer[keyPath: $0] } }), forKey: .numbers)
        let flags = layers.map(\.sampled) + parameters.map(\.sampled)
        try values.encode(Packed(flags.map { $0 ? UInt8(1) : 0 }), forKey: .sampled)
        let histograms =
            layers.flatMap { [$0.histogram, $0.preactivation] } + parameters.flatMap { [$0.weights, $0.gradients] }
        let ends = histograms.flatMap { [$0.low, $0.high] }
        try values.encode(
            Packed(layers.flatMap { layer in Self.extremes.map { layer[keyPath: $0] } } + ends), forKey: .ranges)
        try values.encode(Packed(histograms.flatMap(\.countList)), forKey: .counts)
    }
}
