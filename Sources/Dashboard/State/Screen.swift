/// The screens, by their digit key.
package enum Screen: Int, Hashable, Sendable, CaseIterable {
    case overview = 1
    case layers = 2
}
