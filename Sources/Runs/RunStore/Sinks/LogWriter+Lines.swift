import Runs

extension LogWriter {
    /// The line of `StepReport.fields`, byte by byte, since there is one for every step; a test holds it against the table.
    static func write(_ step: StepReport, into line: inout [UInt8]) {
        line.beginEvent("step")
        line.member("step", step.step)
        line.member("branch", step.branch)
        line.member("epoch", step.epoch)
        for metric in Metric.allCases { line.member(metric, of: step) }
        line.member("samplesPerSecond", step.samplesPerSecond)
        line.endEvent()
    }

    static func write(_ report: LayersReport, of layers: [LayerDescription], into line: inout [UInt8]) {
        line.beginEvent("layers")
        line.member("step", report.position.step)
        line.member("branch", report.position.branch)
        line.key("layers")
        line.append(UInt8(ascii: "["))
        for (index, (layer, statistics)) in zip(layers, report.layers).enumerated() {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            write(statistics, of: layer, into: &line)
        }
        line.append(UInt8(ascii: "]"))
        line.endEvent()
    }

    /// Shares and the update ratio are never NaN once measured, so there it says absent; elsewhere it is a finding.
    private static func write(
        _ statistics: LayerStatistics, of layer: LayerDescription, into line: inout [UInt8]
    ) {
        line.append(UInt8(ascii: "{"))
        line.member("name", layer.name)
        line.member("kind", layer.kind)
        line.member("mean", statistics.mean)
        line.member("std", statistics.std)
        line.member("min", statistics.minimum)
        line.member("max", statistics.maximum)
        line.member("zeros", nullIfNaN: statistics.zeros)
        line.member("saturated", nullIfNaN: statistics.saturated)
        line.member("neverFired", nullIfNaN: statistics.neverFired)
        line.member("sampled", statistics.sampled)
        line.key("histogram")
        line.append(UInt8(ascii: "{"))
        line.member("low", statistics.histogram.low)
        line.member("high", statistics.histogram.high)
        line.key("counts")
        line.append(UInt8(ascii: "["))
        for bin in 0..<Histogram.binCount {
            if bin > 0 { line.append(UInt8(ascii: ",")) }
            line.write(Int(statistics.histogram.counts[bin]))
        }
        line.append(contentsOf: "]}".utf8)
        line.member("signalNorm", statistics.signalNorm)
        line.member("gradientNorm", statistics.gradientNorm)
        line.member("updateRatio", nullIfNaN: statistics.updateRatio)
        line.append(UInt8(ascii: "}"))
    }
}

extension [UInt8] {
    /// A metric under its key.
    fileprivate mutating func member(_ metric: Metric, of step: StepReport) {
        let row = metric.written
        if row.mayBeAbsent { member(row.key, nullIfNaN: step[metric]) } else { member(row.key, step[metric]) }
    }
}
