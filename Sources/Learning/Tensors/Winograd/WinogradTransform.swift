/// The one-dimensional transforms of F(4, 3), the points being 0, 1, -1, 2, -2 and infinity (Lavin and Gray, "Fast
/// algorithms for convolutional neural networks", 2015), and their transposes for the gradients.
enum WinogradTransform {
    typealias Six = (FloatVector, FloatVector, FloatVector, FloatVector, FloatVector, FloatVector)
    typealias Four = (FloatVector, FloatVector, FloatVector, FloatVector)
    typealias Three = (FloatVector, FloatVector, FloatVector)

    /// B^T d
    @inline(__always)
    static func input(_ d: Six) -> Six {
        let even = VectorMath.fma(d.2, -4, d.4)
        let odd = VectorMath.fma(d.1, -4, d.3)
        let outer = d.4 - d.2
        let inner = d.3 - d.1
        return (
            VectorMath.fma(d.0, 4, VectorMath.fma(d.2, -5, d.4)), even + odd, even - odd,
            VectorMath.fma(inner, 2, outer), VectorMath.fma(inner, -2, outer),
            VectorMath.fma(d.1, 4, VectorMath.fma(d.3, -5, d.5))
        )
    }

    /// B t
    @inline(__always)
    static func inputGradient(_ t: Six) -> Six {
        let (sum, difference) = (t.1 + t.2, t.1 - t.2)
        let (farSum, farDifference) = (t.3 + t.4, t.3 - t.4)
        return (
            t.0 * 4,
            VectorMath.fma(difference, -4, VectorMath.fma(farDifference, -2, t.5 * 4)),
            VectorMath.fma(t.0, -5, VectorMath.fma(sum, -4, -farSum)),
            VectorMath.fma(farDifference, 2, VectorMath.fma(t.5, -5, difference)),
            t.0 + sum + farSum, t.5
        )
    }

    /// A^T m
    @inline(__always)
    static func output(_ m: Six) -> Four {
        let (sum, difference) = (m.1 + m.2, m.1 - m.2)
        let (farSum, farDifference) = (m.3 + m.4, m.3 - m.4)
        return (
            m.0 + sum + farSum, VectorMath.fma(farDifference, 2, difference), VectorMath.fma(farSum, 4, sum),
            VectorMath.fma(farDifference, 8, difference + m.5)
        )
    }

    /// A y
    @inline(__always)
    static func outputGradient(_ y: Four) -> Six {
        let (even, odd) = (y.0 + y.2, y.1 + y.3)
        let farEven = VectorMath.fma(y.2, 4, y.0)
        let farOdd = VectorMath.fma(y.3, 8, y.1 * 2)
        return (y.0, even + odd, even - odd, farEven + farOdd, farEven - farOdd, y.3)
    }

    /// G g
    @inline(__always)
    static func kernel(_ g: Three) -> Six {
        let near = (g.0 + g.2) * Float(-1.0 / 6)
        let far = VectorMath.fma(g.2, Float(1.0 / 6), g.0 * Float(1.0 / 24))
        return (
            g.0 * 0.25, VectorMath.fma(g.1, Float(-1.0 / 6), near), VectorMath.fma(g.1, Float(1.0 / 6), near),
            VectorMath.fma(g.1, Float(1.0 / 12), far), VectorMath.fma(g.1, Float(-1.0 / 12), far), g.2
        )
    }

    /// G^T u
    @inline(__always)
    static func kernelGradient(_ u: Six) -> Three {
        let (sum, difference) = (u.1 + u.2, u.2 - u.1)
        let (farSum, farDifference) = (u.3 + u.4, u.3 - u.4)
        return (
            VectorMath.fma(farSum, Float(1.0 / 24), VectorMath.fma(sum, Float(-1.0 / 6), u.0 * 0.25)),
            VectorMath.fma(farDifference, Float(1.0 / 12), difference * Float(1.0 / 6)),
            VectorMath.fma(farSum - sum, Float(1.0 / 6), u.5)
        )
    }
}
