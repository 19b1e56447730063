/// The screen that a config wants to be looked at first.
package enum OpeningScreen: String, Hashable, Sendable, CaseIterable {
    case overview, layers, learningRate, updates, system, log
}
