extension UnsafeMutableBufferPointer<Double> {
    /// Moves the value that sorting would put at a place there, no greater ones before it and no smaller ones after it
    /// (quickselect, Hoare 1961). O(n) on average; NaN has no place in an order and must not be among them.
    /// - Parameter range: what is looked at; the rest stays where it is.
    package func select(_ place: Int, in range: Range<Int>) {
        var (low, high) = (range.lowerBound, range.upperBound - 1)
        while low < high {
            let middle = low + (high - low) / 2
            // The median of three: columns are often sorted already.
            if self[middle] < self[low] { swapAt(middle, low) }
            if self[high] < self[low] { swapAt(high, low) }
            if self[high] < self[middle] { swapAt(high, middle) }
            let pivot = self[middle]
            var (left, right) = (low, high)
            while left <= right {
                while self[left] < pivot { left += 1 }
                while pivot < self[right] { right -= 1 }
                if left <= right {
                    swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if place <= right { high = right } else if place >= left { low = left } else { return }
        }
    }
}
