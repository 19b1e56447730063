/// Counter-based random numbers: Philox4x32-10 (Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", 2011).
///
/// A block of four words depends on the key and the counter alone, so any number of any stream can be computed on any
/// thread at any time, and resuming a run needs no generator state.
@usableFromInline
package struct Philox: Hashable, Sendable {
    /// What tells this generator's numbers from another's: 64 bits.
    @usableFromInline package let key: SIMD2<UInt32>

    /// The generator of a key as it is, as published test vectors give it.
    package init(key: SIMD2<UInt32>) { self.key = key }

    /// The generator of a seed for one purpose, so that streams never share numbers.
    package init(seed: UInt64, purpose: RandomPurpose) {
        let mixed = Self.mix(seed ^ Self.mix(purpose.rawValue &+ 0x9E37_79B9_7F4A_7C15))
        key = SIMD2(UInt32(truncatingIfNeeded: mixed), UInt32(truncatingIfNeeded: mixed >> 32))
    }

    /// The four words at a counter.
    @inlinable
    package func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
        var c = counter
        var k = key
        for _ in 0..<10 {
            let product0 = UInt64(c.x) &* 0xD251_1F53
            let product1 = UInt64(c.z) &* 0xCD9E_8D57
            c = SIMD4(
                UInt32(truncatingIfNeeded: product1 >> 32) ^ c.y ^ k.x, UInt32(truncatingIfNeeded: product1),
                UInt32(truncatingIfNeeded: product0 >> 32) ^ c.w ^ k.y, UInt32(truncatingIfNeeded: product0))
            k &+= SIMD2(0x9E37_79B9, 0xBB67_AE85)
        }
        return c
    }

    /// The four words at a counter of two 64-bit halves, such as (example, index).
    @inlinable
    package func block(_ low: UInt64, _ high: UInt64) -> SIMD4<UInt32> {
        block(
            SIMD4(
                UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32),
                UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32)))
    }

    /// The numbers of one sub-stream in order.
    package func stream(_ index: UInt64) -> RandomStream { RandomStream(generator: self, index: index) }

    /// SplitMix64's finalizer.
    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// What random numbers are for; each purpose has a stream of its own.
package struct RandomPurpose: Hashable, Sendable {
    /// What is mixed into a seed; never changed, since every run's numbers hang on it.
    package let rawValue: UInt64

    /// A purpose of a number that no other has.
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The weights that a network begins with.
    package static let initialization = RandomPurpose(rawValue: 1)
    /// The order of an epoch's examples.
    package static let batchOrder = RandomPurpose(rawValue: 2)
    /// Which examples are held back for evaluation.
    package static let validationSplit = RandomPurpose(rawValue: 3)
    /// Which values a step drops.
    package static let dropout = RandomPurpose(rawValue: 4)
    /// How a step's pictures are shifted, turned and coloured.
    package static let augmentation = RandomPurpose(rawValue: 5)
    /// Which examples a step mixes, and in which shares.
    package static let mixup = RandomPurpose(rawValue: 16)
    /// Examples that are made up.
    package static let generatedData = RandomPurpose(rawValue: 6)
    /// Which weights a step drops.
    package static let dropConnect = RandomPurpose(rawValue: 20)
    /// Which examples skip a residual block's body.
    package static let stochasticDepth = RandomPurpose(rawValue: 21)
    /// Where the windows of fractional pools begin.
    package static let fractionalPooling = RandomPurpose(rawValue: 22)
    /// The weights with which a layer begins anew.
    package static let reinitialization = RandomPurpose(rawValue: 24)
    /// Which values of a config's ranges a trial has.
    package static let search = RandomPurpose(rawValue: 40)
    /// The noise that a step adds to values.
    package static let noise = RandomPurpose(rawValue: 23)
}
