/// The course of the training loss.
package struct LossSigns: Hashable, Sendable, Codable {
    /// The first one; nil before it.
    package private(set) var first: Double?
    /// The newest.
    package private(set) var latest = Double.nan
    /// Over the window.
    package private(set) var average: Average
    /// How far single ones lie from the average, usually.
    package private(set) var deviation: Average
    /// The average now and then, eight times in a window, oldest first.
    package private(set) var trail = Recent(9)
    /// The mean of each period that is over, oldest first.
    package private(set) var periods = Recent(12)
    /// The lowest average since the window was full.
    package private(set) var lowest = Double.infinity
    /// The mean of the first losses, twenty at most.
    package private(set) var beginning = Double.nan
    /// The highest of the first losses, and which that was.
    package private(set) var highestAtFirst = -Double.infinity
    /// Losses taken before the highest of the first ones.
    package private(set) var highestAt = 0
    /// The average has climbed at each of so many entries of the trail.
    package private(set) var climbs = 0
    /// The first entry of the trail.
    package private(set) var began: Double?

    private let window: Int
    private let period: Int
    private var count = 0
    private var (sum, summed) = (0.0, 0)

    init(window: Int, period: Int) {
        (self.window, self.period) = (window, period)
        average = Average(over: window)
        deviation = Average(over: window)
    }

    /// The average, and before it the newest.
    package var now: Double { average.value ?? latest }

    /// The average a window ago; nil where that is not known.
    package var before: Double? { trail.isFull ? trail.numbers.first : nil }

    /// Losses taken.
    package var taken: Int { count }

    mutating func take(_ loss: Double) {
        latest = loss
        guard loss.isFinite else { return }
        if first == nil { first = loss }
        if count < 20 { beginning = count == 0 ? loss : beginning + (loss - beginning) / Double(count + 1) }
        if count < 20, loss > highestAtFirst { (highestAtFirst, highestAt) = (loss, count) }
        if let usual = average.value { deviation.take(abs(loss - usual)) }
        average.take(loss)
        count += 1
        (sum, summed) = (sum + loss, summed + 1)
        if summed == period {
            periods.take(sum / Double(period))
            (sum, summed) = (0, 0)
        }
        if count % max(1, window / 8) == 0 {
            if let last = trail.numbers.last { climbs = now > last ? climbs + 1 : 0 }
            if began == nil { began = now }
            trail.take(now)
        }
        if count >= window { lowest = min(lowest, now) }
    }

    /// By which share the mean of a period has fallen in so many periods; nil where there are not as many.
    package func gain(over count: Int) -> Double? {
        let means = periods.numbers
        guard means.count > count, means[means.count - 1 - count] > 0 else { return nil }
        return 1 - means[means.count - 1] / means[means.count - 1 - count]
    }
}
