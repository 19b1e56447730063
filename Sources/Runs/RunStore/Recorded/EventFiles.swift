import Files
import Runs

/// The scalars of the event files of one run, by their tags: each tag is a series of its own, whoever else records at the same steps.
struct EventFiles {
    private var series: [[UInt8]: [RecordedNumbers.Point]] = [:]
    /// In the order in which they came.
    private var tags: [[UInt8]] = []
    /// Whether histograms are read too: they take room and time.
    private let readsHistograms: Bool
    private var histograms: [(tag: [UInt8], step: Int, statistics: LayerStatistics)] = []
    /// When the first event of the first file was written, in seconds since 1970.
    private(set) var began: Double?
    /// What was wrong with files that were read in part.
    private(set) var warnings: [StartWarning] = []

    /// The tags from which the numbers were taken last.
    private var taken: [RecordedNumber: String] = [:]

    /// Nothing is read yet.
    init(readsHistograms: Bool = false) { self.readsHistograms = readsHistograms }

    /// Reads a file of TFRecord frames of tensorflow.Event messages, as `EventFileWriter` and TensorBoard's own writers make them.
    ///
    /// A last record that a crash cut off does not count; one whose check sum is wrong ends the reading, with a word.
    mutating func read(_ bytes: [UInt8], path: String) throws(FileError) {
        _ = try take(bytes, path: path, from: 0, size: bytes.count)
    }

    /// Reads the whole records of a block, and says how many bytes they are; nil where one is damaged.
    /// - Parameters:
    ///   - start: where the block lies in the file.
    ///   - size: the file's bytes.
    mutating func take(_ bytes: [UInt8], path: String, from start: Int, size: Int) throws(FileError) -> Int? {
        var place = 0
        func isWhole(_ data: Range<Int>, _ sum: Int) -> Bool {
            let found = bytes[data].withUnsafeBytes { CRC32C.masked(CRC32C.checksum(of: $0)) }
            return UInt64(found) == bytes.littleEndian(at: sum, count: 4)
        }
        // Length (8 bytes) and its check sum (4), the data and its check sum (4).
        while place + 12 <= bytes.count {
            guard isWhole(place..<place + 8, place + 8) else {
                guard start + place > 0 else {
                    throw FileError(
                        path: path,
                        .malformed(
                            FileKind.mistake(
                                bytes, due: "an event file, a run directory or a log", own: [.events, .json])
                                ?? "no event file, or a damaged one: no record begins at byte 0"))
                }
                sayDamaged(path, start + place, size)
                return nil
            }
            let length = bytes.littleEndian(at: place, count: 8)
            guard length <= UInt64(bytes.count - place - 12), place + 16 + Int(length) <= bytes.count else { break }
            let data = place + 12..<place + 12 + Int(length)
            guard isWhole(data, data.upperBound) else {
                sayDamaged(path, start + place, size)
                return nil
            }
            readEvent(ProtobufReader(bytes, data))
            place = data.upperBound + 4
        }
        return place
    }

    private mutating func sayDamaged(_ path: String, _ place: Int, _ size: Int) {
        warnings.append(
            StartWarning(
                "compare.damaged",
                "\(path): the record at byte \(place) of \(size) is damaged (its check sum is wrong); what comes before it is "
                    + "shown"))
    }

    /// Event { wall_time = 1, step = 2, summary = 5, session_log = 7 { status = 1 } }
    private mutating func readEvent(_ message: ProtobufReader) {
        var message = message
        var time = 0.0
        var step = 0
        var summaries: [ProtobufReader] = []
        var isStart = false
        while let field = message.next() {
            switch (field.number, field.value) {
            case (1, .fixed64(let bits)): time = Double(bitPattern: bits)
            case (2, .varint(let value)): step = Int(truncatingIfNeeded: value)
            case (5, .bytes(let summary)): summaries.append(summary)
            case (7, .bytes(var session)):
                while let field = session.next() {
                    if field.number == 1, case .varint(1) = field.value { isStart = true }
                }
            default: break
            }
        }
        if began == nil { began = time }
        // Charts count steps in doubles.
        guard step >= 0, step < 1 << 53 else { return }
        if isStart { forget(from: step) }
        for summary in summaries { readSummary(summary, step: step, seconds: time - (began ?? time)) }
    }

    /// A run that starts at a step, again or because it went back, makes what was recorded from there on void, as TensorBoard has it.
    private mutating func forget(from step: Int) {
        for tag in series.keys {
            while let last = series[tag]?.last, last.step >= step { series[tag]?.removeLast() }
        }
        histograms.removeAll { $0.step >= step }
    }

    /// Summary { value = 1 { tag = 1, simple_value = 2, tensor = 8 } }
    private mutating func readSummary(_ message: ProtobufReader, step: Int, seconds: Double) {
        var message = message
        while let field = message.next() {
            guard field.number == 1, case .bytes(var value) = field.value else { continue }
            var tag: [UInt8] = []
            var number: Double?
            var histogram: RecordedHistogram?
            while let part = value.next() {
                switch (part.number, part.value) {
                case (1, .bytes(let text)): tag = text.content
                case (2, .fixed32(let bits)): number = Double(Float(bitPattern: bits))
                case (5, .bytes(let message)) where readsHistograms: histogram = RecordedHistogram(message)
                case (8, .bytes(let tensor)):
                    let tensor = TensorMessage(tensor)
                    number = tensor.scalar
                    if readsHistograms { histogram = tensor.bins.flatMap { RecordedHistogram($0) } }
                default: break
                }
            }
            if let histogram { histograms.append((tag, step, histogram.statistics)) }
            guard let number else { continue }
            if series[tag] == nil { tags.append(tag) }
            series[tag, default: []].take(number, step: step, seconds: seconds)
        }
    }

    /// The numbers that charts show, each from one tag: ours, else the one that says least beside the number's name, else the one with
    /// the most points.
    ///
    /// - Parameters:
    ///   - isValidation: whether all is of a validation set, as in Keras' folder `validation`.
    ///   - path: what is said is said of.
    ///   - chosen: tags that somebody wants for a number.
    /// - Throws: one line where a chosen tag is not there.
    mutating func numbers(
        isValidation: Bool, path: String, chosen: [RecordedNumber: String] = [:]
    ) throws(FileError) -> RecordedNumbers {
        // Tags that say which set they are of know better.
        let isValidation = isValidation && !tagNames.contains { TagWords($0).has("train", "training") }
        var numbers = RecordedNumbers()
        var words: [String] = []
        var spare: [String] = []
        for number in RecordedNumber.all {
            var named = candidates(for: number, isValidation)
            if let tag = chosen[number] {
                guard let points = series[Array(tag.utf8)],
                    let shares = Shares(points, isShare: number == .step(.accuracy) || number == .validationAccuracy)
                else {
                    let shown = tagNames.prefix(12).map(\.shown).joined(separator: ", ")
                    throw FileError(
                        path: path,
                        .malformed("has no numbers called \(tag.shown) for the \(number.words); its tags are \(shown)"))
                }
                named = [(tag, shares)] + named.filter { $0.tag != tag }
            }
            guard let (tag, points) = named.first else { continue }
            numbers.set(number, to: points.points)
            taken[number] = tag
            let isOwn =
                Metric.tags.contains { $0.tag == tag } || ["validation/loss", "validation/accuracy"].contains(tag)
            if !isOwn || points.isPercent {
                words.append("\(number.words) is \(tag.shown)\(points.isPercent ? " (in percent)" : "")")
            }
            spare += named.dropFirst().map(\.tag.shown)
        }
        if !words.isEmpty || !spare.isEmpty {
            let left = spare.prefix(6).joined(separator: ", ") + (spare.count > 6 ? ", ... (\(spare.count))" : "")
            warnings.append(
                StartWarning(
                    "compare.tags", .notice,
                    "\(path): \(words.joined(separator: ", "))"
                        + (spare.isEmpty ? "" : "\(words.isEmpty ? "" : "; ")not shown: \(left)")))
        }
        return numbers
    }

    /// The histograms as statistics of layers, rising in steps, and the layers that they are of: those of a run, or one for each tag.
    func layers(of known: [LayerDescription]) -> (layers: [LayerDescription], reports: [LayersReport]) {
        var places: [[UInt8]: Int] = [:]
        var layers = known
        for (index, layer) in known.enumerated() { places[Array("layers/\(layer.name)".utf8)] = index }
        for histogram in histograms where known.isEmpty && places[histogram.tag] == nil {
            places[histogram.tag] = layers.count
            let name = String(decoding: histogram.tag, as: UTF8.self)
            let short = name.hasPrefix("layers/") ? String(name.dropFirst("layers/".count)) : name
            layers.append(
                LayerDescription(
                    name: short.shown, kind: "histogram", outputShape: [], activation: nil, parameterCount: 0))
        }
        var bySteps: [Int: [LayerStatistics]] = [:]
        for histogram in histograms {
            guard let place = places[histogram.tag] else { continue }
            bySteps[histogram.step, default: Array(repeating: .empty, count: layers.count)][place] =
                histogram.statistics
        }
        let reports = bySteps.sorted { $0.key < $1.key }.map {
            LayersReport(position: Position(step: $0.key), layers: $0.value)
        }
        return (layers, reports)
    }

    /// Every series with what it was taken for, in the order in which they came; the first thousand of them.
    var tagSeries: [TagSeries] {
        tags.prefix(1_000).map { bytes in
            let (tag, points) = (String(decoding: bytes, as: UTF8.self), series[bytes] ?? [])
            let use = TagUse.allCases.first { taken[RecordedNumber($0)] == tag }
            let last = points.last.flatMap { $0.value.isFinite ? $0.value : nil }
            return TagSeries(
                name: tag, count: points.count, last: last, isShare: Shares(points, isShare: true) != nil, use: use)
        }
    }

    /// All tags, in the order in which they came.
    var tagNames: [String] { tags.map { String(decoding: $0, as: UTF8.self) } }

    private func candidates(
        for number: RecordedNumber, _ isValidation: Bool
    ) -> [(tag: String, points: Shares)] {
        var found: [(tag: String, points: Shares, rank: [Int])] = []
        for (index, bytes) in tags.enumerated() {
            let tag = String(decoding: bytes, as: UTF8.self)
            guard let points = series[bytes], let named = RecordedNumber(tag: tag),
                (isValidation ? named.ofValidation : named) == number,
                let shares = Shares(points, isShare: number == .step(.accuracy) || number == .validationAccuracy)
            else { continue }
            let isOwn = Metric.tags.contains { $0.tag == tag }
            found.append((tag, shares, [isOwn ? 0 : 1, TagWords(tag).foreign, -points.count, index]))
        }
        return found.sorted { $0.rank.lexicographicallyPrecedes($1.rank) }.map { ($0.tag, $0.points) }
    }

    /// The points of a number; of an accuracy as shares.
    private struct Shares {
        let points: [RecordedNumbers.Point]
        let isPercent: Bool

        /// Nil for an accuracy that is neither a share nor a percentage.
        init?(_ points: [RecordedNumbers.Point], isShare: Bool) {
            let values = points.lazy.map(\.value).filter(\.isFinite)
            let most = values.max() ?? 0
            isPercent = isShare && most > 1
            guard isShare else {
                self.points = points
                return
            }
            guard most <= 100, values.min() ?? 0 >= 0 else { return nil }
            self.points =
                isPercent
                ? points.map { RecordedNumbers.Point(step: $0.step, value: $0.value / 100, seconds: $0.seconds) }
                : points
        }
    }
}

extension String {
    /// At most 60 letters, on one line.
    fileprivate var shown: String { String(prefix(60)) }
}
