import Files
import Runs

/// The scalars of the event files of one run, by their tags: each tag is a series of its own, whoever else records at the same steps.
struct EventFiles {
    private var series: [[UInt8]: [RecordedNumbers.Point]] = [:]
    /// In the order in which they came.
    private var tags: [[UInt8]] = []
    /// When the first event of the first file was written, in seconds since 1970.
    private var began: Double?
    /// What was wrong with files that were read in part.
    private(set) var warnings: [StartWarning] = []

    /// Reads a file of TFRecord frames of tensorflow.Event messages, as `EventFileWriter` and TensorBoard's own writers make them.
    ///
    /// A last record that a crash cut off does not count; one whose check sum is wrong ends the reading, with a word.
    mutating func read(_ bytes: [UInt8], path: String) throws(FileError) {
        var place = 0
        func isWhole(_ data: Range<Int>, _ sum: Int) -> Bool {
            let found = bytes[data].withUnsafeBytes { CRC32C.masked(CRC32C.checksum(of: $0)) }
            return UInt64(found) == bytes.littleEndian(at: sum, count: 4)
        }
        // Length (8 bytes) and its check sum (4), the data and its check sum (4).
        while place + 12 <= bytes.count {
            guard isWhole(place..<place + 8, place + 8) else {
                guard place > 0 else {
                    throw FileError(
                        path: path,
                        .malformed(
                            FileKind.mistake(
                                bytes, due: "an event file, a run directory or a log", own: [.events, .json])
                                ?? "no event file, or a damaged one: no record begins at byte 0"))
                }
                return sayDamaged(path, place, bytes.count)
            }
            let length = bytes.littleEndian(at: place, count: 8)
            guard length <= UInt64(bytes.count - place - 12), place + 16 + Int(length) <= bytes.count else { return }
            let data = place + 12..<place + 12 + Int(length)
            guard isWhole(data, data.upperBound) else { return sayDamaged(path, place, bytes.count) }
            readEvent(ProtobufReader(bytes, data))
            place = data.upperBound + 4
        }
    }

    private mutating func sayDamaged(_ path: String, _ place: Int, _ size: Int) {
        warnings.append(
            StartWarning(
                "compare.damaged",
                "\(path): the record at byte \(place) of \(size) is damaged (its check sum is wrong); what comes before it is "
                    + "shown"))
    }

    /// Event { wall_time = 1, step = 2, summary = 5 }
    private mutating func readEvent(_ message: ProtobufReader) {
        var message = message
        var time = 0.0
        var step = 0
        var summaries: [ProtobufReader] = []
        while let field = message.next() {
            switch (field.number, field.value) {
            case (1, .fixed64(let bits)): time = Double(bitPattern: bits)
            case (2, .varint(let value)): step = Int(truncatingIfNeeded: value)
            case (5, .bytes(let summary)): summaries.append(summary)
            default: break
            }
        }
        if began == nil { began = time }
        // Charts count steps in doubles.
        guard step >= 0, step < 1 << 53 else { return }
        for summary in summaries { readSummary(summary, step: step, seconds: time - (began ?? time)) }
    }

    /// Summary { value = 1 { tag = 1, simple_value = 2, tensor = 8 } }
    private mutating func readSummary(_ message: ProtobufReader, step: Int, seconds: Double) {
        var message = message
        while let field = message.next() {
            guard field.number == 1, case .bytes(var value) = field.value else { continue }
            var tag: [UInt8] = []
            var number: Double?
            while let part = value.next() {
                switch (part.number, part.value) {
                case (1, .bytes(let text)): tag = text.content
                case (2, .fixed32(let bits)): number = Double(Float(bitPattern: bits))
                case (8, .bytes(let tensor)): number = TensorMessage(tensor).scalar
                default: break
                }
            }
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
    mutating func numbers(isValidation: Bool, path: String) -> RecordedNumbers {
        // Tags that say which set they are of know better.
        let isValidation = isValidation && !tagNames.contains { TagWords($0).has("train", "training") }
        var numbers = RecordedNumbers()
        var words: [String] = []
        var spare: [String] = []
        for number in RecordedNumber.all {
            let named = candidates(for: number, isValidation)
            guard let (tag, points) = named.first else { continue }
            numbers.set(number, to: points.points)
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
