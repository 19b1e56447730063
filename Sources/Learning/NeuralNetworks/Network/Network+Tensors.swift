import Tensors

extension Network {
    /// Takes over the tensors of a file strictly; on an error nothing is changed.
    ///
    /// What a training state holds beside its network is passed over, so that it is a file of weights too. Where all names begin
    /// with words that the model's do not have, `module.` for example, these are taken off.
    ///
    /// - Returns: What was taken off; nil where nothing was.
    @discardableResult
    package func load(_ file: SafetensorsFile) throws(SafetensorsError) -> String? {
        let places = state.places()
        let prefix = file.prefix(before: Set(places.flatMap { $0.layout.segments.map(\.name) }))
        let file = prefix.map(file.dropping) ?? file
        try file.load(into: places) { entry in
            Self.besideNetworks.contains { entry.name.hasPrefix($0) }
        }
        state.statistics.batchesTracked = RunningStatistics.batchCounts(of: file)
        return prefix
    }

    /// How the names of tensors begin that a training state holds beside its network.
    private static let besideNetworks = [
        NetworkState.bestPrefix, NetworkState.optimizerPrefix, NetworkState.snapshotPrefix,
    ]
}
