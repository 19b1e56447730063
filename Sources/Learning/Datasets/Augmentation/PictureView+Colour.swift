extension PictureView {
    /// Brightness times a factor: 0 is black, 1 changes nothing.
    package func changeBrightness(_ factor: Float, within bounds: ClosedRange<Float>) {
        for place in 0..<count { pixels[place] = Self.held(pixels[place] * factor, bounds) }
    }

    /// Away from (or, below 1, towards) the mean of the grey picture.
    package func changeContrast(_ factor: Float, within bounds: ClosedRange<Float>) {
        var sum = 0.0
        for place in 0..<area { sum += Double(grey(place)) }
        let mean = Float(sum / Double(max(1, area)))
        for place in 0..<count { pixels[place] = Self.held(mean + factor * (pixels[place] - mean), bounds) }
    }

    /// Away from (or, below 1, towards) grey; nothing where there is one channel.
    package func changeSaturation(_ factor: Float, within bounds: ClosedRange<Float>) {
        guard channels == 3 else { return }
        for place in 0..<area {
            let grey = grey(place)
            for channel in 0..<3 {
                let pixel = plane(channel) + place
                pixel.pointee = Self.held(grey + factor * (pixel.pointee - grey), bounds)
            }
        }
    }

    /// Away from (or, below 1, towards) the picture smoothed by [1 1 1; 1 5 1; 1 1 1] / 13; borders stay.
    package func changeSharpness(
        _ factor: Float, within bounds: ClosedRange<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        guard height > 2, width > 2 else { return }
        let source = over(scratch)
        source.copy(from: self)
        for channel in 0..<channels {
            let (from, to) = (source.plane(channel), plane(channel))
            for row in 1..<height - 1 {
                for column in 1..<width - 1 {
                    let place = row * width + column
                    var sum = 4 * from[place]
                    for offset in -1...1 {
                        let line = from + place + offset * width
                        sum += line[-1] + line[0] + line[1]
                    }
                    let smooth = sum / 13
                    to[place] = Self.held(smooth + factor * (from[place] - smooth), bounds)
                }
            }
        }
    }

    /// Keeps `bits` of the eight bits of each number.
    package func posterize(bits: Int, within bounds: ClosedRange<Float>) {
        let mask = ~(0xFF >> bits) & 0xFF
        mapLevels(within: bounds) { level in Float(Int(level * 255) & mask) / 255 }
    }

    /// Inverts what is at least as bright as the threshold, as a share of the range.
    package func solarize(threshold: Float, within bounds: ClosedRange<Float>) {
        mapLevels(within: bounds) { level in level >= threshold ? 1 - level : level }
    }

    /// Stretches each channel over the whole range; a channel of one level stays.
    package func stretchContrast(within bounds: ClosedRange<Float>) {
        for channel in 0..<channels {
            let plane = plane(channel)
            var (low, high) = (Float.infinity, -Float.infinity)
            for place in 0..<area {
                low = min(low, plane[place])
                high = max(high, plane[place])
            }
            guard high > low else { continue }
            let factor = (bounds.upperBound - bounds.lowerBound) / (high - low)
            for place in 0..<area {
                plane[place] = Self.held(bounds.lowerBound + (plane[place] - low) * factor, bounds)
            }
        }
    }

    /// Makes each channel's 256 levels about equally frequent, as Pillow's `equalize` does.
    package func equalize(within bounds: ClosedRange<Float>) {
        let span = bounds.upperBound - bounds.lowerBound
        for channel in 0..<channels {
            let plane = plane(channel)
            var counts = InlineArray<256, Int>(repeating: 0)
            func level(_ place: Int) -> Int {
                let share = (plane[place] - bounds.lowerBound) / span
                return share >= 0 ? min(255, Int(share * 255 + 0.5)) : 0
            }
            for place in 0..<area { counts[level(place)] += 1 }
            var last = 255
            while last > 0, counts[last] == 0 { last -= 1 }
            let step = (area - counts[last]) / 255
            guard step > 0 else { continue }
            var before = InlineArray<256, Int>(repeating: 0)
            var sum = step / 2
            for index in 0..<256 {
                before[index] = min(255, sum / step)
                sum += counts[index]
            }
            for place in 0..<area {
                plane[place] = bounds.lowerBound + span * Float(before[level(place)]) / 255
            }
        }
    }

    private func mapLevels(within bounds: ClosedRange<Float>, _ change: (Float) -> Float) {
        let span = bounds.upperBound - bounds.lowerBound
        for place in 0..<count {
            let level = (pixels[place] - bounds.lowerBound) / span
            pixels[place] = bounds.lowerBound + span * change(level.isNaN ? 0 : min(1, max(0, level)))
        }
    }

    /// Brightness of a pixel: 0.2989 red + 0.587 green + 0.114 blue, as in torchvision; of one channel itself.
    private func grey(_ place: Int) -> Float {
        guard channels == 3 else { return pixels[place] }
        return 0.2989 * pixels[place] + 0.587 * pixels[area + place] + 0.114 * pixels[2 * area + place]
    }

    @inline(__always)
    private static func held(_ value: Float, _ bounds: ClosedRange<Float>) -> Float {
        min(bounds.upperBound, max(bounds.lowerBound, value))
    }
}
