import Tensors

extension Network {
    /// Takes over the tensors of a file strictly; on an error nothing is changed.
    ///
    /// What a training state holds beside its network is passed over, so that it is a file of weights too.
    package func load(_ file: SafetensorsFile) throws(SafetensorsError) {
        try file.load(into: state.places()) { entry in
            Self.besideNetworks.contains { entry.name.hasPrefix($0) }
        }
        state.statistics.batchesTracked = RunningStatistics.batchCounts(of: file)
    }

    /// How the names of tensors begin that a training state holds beside its network.
    private static let besideNetworks = [
        NetworkState.bestPrefix, NetworkState.optimizerPrefix, NetworkState.snapshotPrefix,
    ]
}
