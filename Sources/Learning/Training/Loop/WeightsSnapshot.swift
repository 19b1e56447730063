import NeuralNetworks
import Runs
import Tensors

/// A network's learned tensors and running statistics at one moment, with memory of their own, ready to be written.
package struct WeightsSnapshot: Sendable {
    package let position: Position
    package let tensors: [SafetensorsTensor]

    package init(of network: Network, position: Position) {
        self.position = position
        tensors = network.stateTensors
    }
}
