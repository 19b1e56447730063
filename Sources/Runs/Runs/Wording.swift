/// A piece of a sentence about a run; whoever shows it knows how numbers look there.
package enum Wording: Hashable, Sendable {
    case words(String)
    /// A learning rate.
    case rate(Double)
    /// What something is multiplied with.
    case factor(Double)
    /// A number of steps or of things.
    case count(Int)
}
