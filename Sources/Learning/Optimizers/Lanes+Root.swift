extension Lanes {
    /// The square roots of numbers from 0 on, to about one unit in the last place.
    ///
    /// `squareRoot()` goes lane by lane, since each may have to set `errno`, and doubles the time of a step. This is
    /// Newton's iteration for 1 / sqrt(x), from the bits' guess (Lomont 2003). Below 1e-38 it is only roughly right.
    @inline(__always)
    func root() -> Self {
        let guess = SIMD16<UInt32>(repeating: 0x5F37_5A86) &- (unsafeBitCast(self, to: SIMD16<UInt32>.self) &>> 1)
        var inverse = unsafeBitCast(guess, to: Self.self)
        let half = Lanes(repeating: 0.5) * self
        for _ in 0..<3 { inverse *= Lanes(repeating: 1.5) - half * inverse * inverse }
        var root = self * inverse
        root += Lanes(repeating: 0.5) * inverse * (self - root * root)
        root.replace(with: self, where: self .== Float.infinity)
        return root
    }
}
