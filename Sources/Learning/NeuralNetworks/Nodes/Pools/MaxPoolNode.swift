import Tensors

/// The largest value of each window; remembers where it lay. NaN wins, as in PyTorch.
final class MaxPoolNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = []
    private let geometry: WindowGeometry
    /// Index of each output's source within its map.
    private let sources: UnsafeMutableBufferPointer<Int32>

    init(_ place: NodePlace, geometry: WindowGeometry, maximumBatch: Int) {
        self.place = place
        self.geometry = geometry
        sources = .allocate(capacity: maximumBatch * geometry.channels * geometry.places)
        sources.initialize(repeating: 0)
    }

    deinit { sources.deallocate() }

    var workspaceBytes: Int { 4 * sources.count }

    func forward(_ pass: Pass) { forward(pass, writer: nil) }

    func backward(_ pass: Pass) { backward(pass, summer: nil) }

    /// - Parameter writer: The batch norm that writes each map just before it is read; nil where it lies there.
    func forward(_ pass: Pass, writer: FusedNorm?) {
        let geometry = geometry
        let result = pass.values[output]
        guard let sources = sources.baseAddress else { return }
        let maps = KernelPieces(
            pass.batch * geometry.channels, costs: geometry.places * geometry.window.area,
            most: KernelPieces.mostWithoutSums)
        let isHalving = Self.isHalving(geometry)
        pass.pool.sweep(pieces: maps.count) { piece, _ in
            for map in maps.range(piece) {
                let input =
                    writer?.output(pass, map..<map + 1, of: maps.range(piece)) ?? pass.value(inputs[0])
                let (plane, places) = (map * geometry.plane, map * geometry.places)
                if isHalving {
                    Self.halve(geometry, input + plane, into: result + places, sources + places)
                } else {
                    Self.pool(geometry, input + plane, into: result + places, sources + places)
                }
            }
        }
    }

    private static func pool(
        _ geometry: WindowGeometry, _ map: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>,
        _ sources: UnsafeMutablePointer<Int32>
    ) {
        geometry.eachWindow { place, rows, columns in
            let largest = WindowMaximum(map, width: geometry.width, rows, columns)
            result[place] = largest.value
            sources[place] = Int32(truncatingIfNeeded: largest.source)
        }
    }

    /// - Parameter summer: The batch norm that takes the sums of each map's gradients once they are complete.
    func backward(_ pass: Pass, summer: FusedNorm?) {
        guard let downstream = pass.gradients[inputs[0]], let sources = sources.baseAddress else { return }
        let geometry = geometry
        let (plane, places) = (geometry.plane, geometry.places)
        let upstream = pass.gradient(output)
        let isHalving = Self.isHalving(geometry)
        let maps = KernelPieces(pass.batch * geometry.channels, costs: plane, most: KernelPieces.mostWithoutSums)
        pass.pool.sweep(pieces: maps.count) { piece, _ in
            for map in maps.range(piece) {
                let target = downstream + map * plane
                if isHalving {
                    Self.spreadHalved(geometry, upstream + map * places, sources + map * places, into: target)
                } else {
                    WindowMaximum.spread(
                        upstream + map * places, sources + map * places, count: places, into: target, plane: plane)
                }
                summer?.takeSums(pass, map..<map + 1)
            }
        }
    }
}
