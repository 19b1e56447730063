/// The operations of every pass, in order; a measured pass is another list.
struct ExecutionPlan {
    let forward: [ForwardOperation]
    let backward: [BackwardOperation]
    let measuredForward: [ForwardOperation]
    let measuredBackward: [BackwardOperation]
}

/// One step of a forward pass: the work of one node, or of several that share it.
enum ForwardOperation {
    /// A node's own work.
    case node(any Node)
    /// A convolution with the batch norms around it.
    case convolution(ConvolutionNode, ConvolutionNode.NormsAround)
    /// A pool whose input a batch norm writes map by map.
    case maxPool(MaxPoolNode, writer: FusedNorm)
    /// The constants of a batch norm, whose sums the convolution before it has taken or it takes itself.
    case normStatistics(BatchNormNode, collects: Bool)
    /// The output of a batch norm, with what follows it.
    case normOutput(FusedNorm)
    /// A linear layer, and what is done while its output is in the cache.
    case linear(LinearNode, then: LinearNode.Following)
    /// Measures what goes into the activation of a watched layer.
    case measurePreactivation(layer: Int)
    /// Measures what a watched layer gives.
    case measureOutput(layer: Int)
    /// Computes the activation behind a linear layer, and measures what it gets and what it makes of it.
    case measureActivation(ActivationNode, layer: Int)
}

/// One step of a backward pass: the work of one node, or of several that share it.
struct BackwardOperation {
    let work: Work
    let adding: Adding

    enum Work {
        /// A node's own work.
        case node(any UnaryNode)
        /// The gradient of one of a join's inputs.
        case join(any JoinNode, position: Int)
        /// A convolution with the batch norms around it.
        case convolution(ConvolutionNode, ConvolutionNode.NormsAround)
        /// A pool that lets a batch norm take its sums map by map.
        case maxPool(MaxPoolNode, summer: FusedNorm)
        /// The sums of the gradients of a batch norm, with what follows it.
        case normSums(FusedNorm)
        /// The gradients of a batch norm's parameters, once the sums are taken.
        case normParameters(MapNorm)
        /// The gradient of a batch norm's input.
        case normInput(FusedNorm)
        /// A linear layer, with the gradient of the activation before it.
        case linear(LinearNode, before: ActivationNode?)
        /// Measures the gradient that has come back to what a watched layer gives; a linear layer behind has taken it
        /// on the way where it is joined.
        case measureSignal(layer: Int, isJoined: Bool)
    }

    /// How the gradient of a node's input comes to what later readers, whose turn came before, gave it.
    enum Adding {
        /// There is none: it is overwritten.
        case none
        /// The node adds to it.
        case byNode
        /// The node writes into memory apart, which is added to the value's gradient.
        case apart(value: Int)
    }

    init(_ work: Work, _ adding: Adding = .none) {
        self.work = work
        self.adding = adding
    }
}
