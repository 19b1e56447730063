import Foundation

/// An exponential average without the bias of its beginning: of the first number it is that number.
package struct Average: Hashable, Sendable, Codable {
    private var sum = 0.0
    private var weight = 0.0
    private let kept: Double

    /// - Parameter window: numbers over which older ones fade to a third.
    package init(over window: Int) { kept = exp(-1 / Double(max(1, window))) }

    /// The average; nil before the first number.
    package var value: Double? { weight > 0 ? sum / weight : nil }

    /// Takes a number in. What is not finite is left out.
    package mutating func take(_ number: Double) {
        guard number.isFinite else { return }
        sum = sum * kept + number * (1 - kept)
        weight = weight * kept + (1 - kept)
    }
}

/// The average of the logarithms of positive numbers: what is usual, whatever single ones are.
package struct LogAverage: Hashable, Sendable, Codable {
    private var average: Average
    /// Numbers taken.
    package private(set) var count = 0

    /// - Parameter window: numbers over which older ones fade to a third.
    package init(over window: Int) { average = Average(over: window) }

    /// The geometric average; nil before the first number.
    package var value: Double? { average.value.map(exp) }

    /// Takes a number in. What is not finite is left out; nothing and less counts as very little.
    package mutating func take(_ number: Double) {
        guard number.isFinite else { return }
        average.take(log(max(number, 1e-30)))
        count += 1
    }
}

/// The last so many numbers, oldest first.
package struct Recent: Hashable, Sendable, Codable {
    /// Oldest first.
    package private(set) var numbers: [Double] = []
    private let capacity: Int

    /// - Parameter capacity: numbers kept, at least 1.
    package init(_ capacity: Int) {
        self.capacity = max(1, capacity)
        numbers.reserveCapacity(self.capacity + 1)
    }

    /// Whether as many are there as are kept.
    package var isFull: Bool { numbers.count == capacity }

    /// Takes a number in, and lets the oldest go. O(capacity), allocates nothing.
    package mutating func take(_ number: Double) {
        if numbers.count == capacity { numbers.removeFirst() }
        numbers.append(number)
    }

    /// Forgets all.
    package mutating func clear() { numbers.removeAll(keepingCapacity: true) }
}
