/// Elementary functions of sixteen numbers at once; NaN in, NaN out.
@usableFromInline
package enum VectorMath {
    /// e^x within 2 ulp; 0 below -87, infinity above 88.72.
    ///
    /// Cephes' expf: e^x = 2^n e^r with |r| <= ln 2 / 2 and a polynomial of degree 6.
    @inlinable @inline(__always)
    package static func exp(_ x: FloatVector) -> FloatVector {
        let magic: Float = 12_582_912  // 1.5 * 2^23: adding it leaves the rounded integer in the low bits
        let bounded = clamp(x, -88, 89)
        let shifted = fma(bounded, 1.442_695_04, FloatVector(repeating: magic))
        let n = shifted - magic
        var r = fma(n, -0.693_359_375, bounded)
        r = fma(n, 2.121_944_4e-4, r)
        var p = fma(r, 1.987_569_15e-4, FloatVector(repeating: 1.398_199_95e-3))
        p = fma(p, r, FloatVector(repeating: 8.333_451_9e-3))
        p = fma(p, r, FloatVector(repeating: 4.166_579_6e-2))
        p = fma(p, r, FloatVector(repeating: 1.666_666_55e-1))
        p = fma(p, r, FloatVector(repeating: 5.000_000_1e-1))
        p = fma(p, r * r, r) + 1
        // 2^(n-1), since 2^128 is no float; the missing 2 comes last.
        let bits = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &+ 126
        let scale = unsafeBitCast(bits &<< 23, to: SIMD16<Float>.self)
        return select(x .< -87, 0, p * scale * 2)
    }

    /// tanh x within 6 ulp. The rational function of degrees 13 and 6 that Eigen and XLA use.
    @inlinable @inline(__always)
    package static func tanh(_ x: FloatVector) -> FloatVector {
        let z = clamp(x, -7.905_311, 7.905_311)
        let square = z * z
        var p = fma(square, -2.760_768_5e-16, FloatVector(repeating: 2.000_188e-13))
        p = fma(p, square, FloatVector(repeating: -8.604_672e-11))
        p = fma(p, square, FloatVector(repeating: 5.122_297e-08))
        p = fma(p, square, FloatVector(repeating: 1.485_722_4e-05))
        p = fma(p, square, FloatVector(repeating: 6.372_619_3e-04))
        p = fma(p, square, FloatVector(repeating: 4.893_524_6e-03))
        var q = fma(square, 1.198_258_4e-06, FloatVector(repeating: 1.185_347e-04))
        q = fma(q, square, FloatVector(repeating: 2.268_434_6e-03))
        q = fma(q, square, FloatVector(repeating: 4.893_525e-03))
        return clamp(z * p / q, -1, 1)
    }

    /// 1 / (1 + e^-x) within 4 ulp.
    @inlinable @inline(__always)
    package static func sigmoid(_ x: FloatVector) -> FloatVector {
        let small = exp(select(x .> 0, -x, x))
        return select(x .> 0, FloatVector(repeating: 1), small) / (1 + small)
    }

    /// The error function, within 1e-6 of 1 relative to its value. Eigen's rational function of degrees 13 and 8.
    @inlinable @inline(__always)
    package static func erf(_ x: FloatVector) -> FloatVector {
        let z = clamp(x, -4, 4)
        let square = z * z
        var p = fma(square, -2.726_142_3e-10, FloatVector(repeating: 2.770_681_4e-08))
        p = fma(p, square, FloatVector(repeating: -2.101_024e-06))
        p = fma(p, square, FloatVector(repeating: -5.692_506_4e-05))
        p = fma(p, square, FloatVector(repeating: -7.349_906_3e-04))
        p = fma(p, square, FloatVector(repeating: -2.954_599_8e-03))
        p = fma(p, square, FloatVector(repeating: -1.609_603_3e-02))
        var q = fma(square, -1.456_607_2e-05, FloatVector(repeating: -2.133_740_6e-04))
        q = fma(q, square, FloatVector(repeating: -1.682_827e-03))
        q = fma(q, square, FloatVector(repeating: -7.373_329e-03))
        q = fma(q, square, FloatVector(repeating: -1.426_473_9e-02))
        return clamp(z * p / q, -1, 1)
    }

    /// a b + c, rounded once.
    @inlinable @_transparent
    package static func fma(_ a: FloatVector, _ b: FloatVector, _ c: FloatVector) -> FloatVector {
        c.addingProduct(a, b)
    }

    /// a b + c with one b for all lanes, rounded once.
    @inlinable @_transparent
    package static func fma(_ a: FloatVector, _ b: Float, _ c: FloatVector) -> FloatVector { c.addingProduct(a, b) }

    /// The lanes of `yes` where the mask is set, else those of `no`.
    @inlinable @_transparent
    package static func select(_ mask: SIMDMask<SIMD16<Int32>>, _ yes: FloatVector, _ no: FloatVector) -> FloatVector {
        no.replacing(with: yes, where: mask)
    }

    /// One number where the mask is set, the lanes of another vector elsewhere.
    @inlinable @_transparent
    package static func select(_ mask: SIMDMask<SIMD16<Int32>>, _ yes: Float, _ no: FloatVector) -> FloatVector {
        no.replacing(with: yes, where: mask)
    }

    /// NaN stays NaN.
    @inlinable @_transparent
    package static func clamp(_ x: FloatVector, _ low: Float, _ high: Float) -> FloatVector {
        let raised = select(x .< low, low, x)
        return select(raised .> high, high, raised)
    }
}
