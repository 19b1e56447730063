import NeuralNetworks
import Runs
import Tensors

/// A network's learned tensors and running statistics at one moment, with memory of their own, ready to be written.
package struct WeightsSnapshot: Sendable {
    /// So many updates they have seen.
    package let position: Position
    /// Under PyTorch's names.
    package let tensors: [SafetensorsTensor]

    /// Copies everything out of a network.
    package init(of network: NetworkState, position: Position) {
        self.position = position
        tensors = network.tensors()
    }
}
