import Tensors

/// The mean of each window, padding counted as zeros; global pooling is one window as large as the picture.
final class AveragePoolNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = []
    private let geometry: WindowGeometry

    init(_ place: NodePlace, geometry: WindowGeometry) {
        self.place = place
        self.geometry = geometry
    }

    func forward(_ pass: Pass) {
        let geometry = geometry
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let scale = 1 / Float(geometry.window.area)
        let maps = KernelPieces(pass.batch * geometry.channels, costs: geometry.places * geometry.window.area)
        pass.pool.sweep(pieces: maps.count) { piece, _ in
            for map in maps.range(piece) {
                let source = input + map * geometry.plane
                geometry.eachWindow { place, rows, columns in
                    var sum: Float = 0
                    for row in rows {
                        for column in columns { sum += source[row * geometry.width + column] }
                    }
                    result[map * geometry.places + place] = sum * scale
                }
            }
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let geometry = geometry
        let upstream = pass.gradient(output)
        let scale = 1 / Float(geometry.window.area)
        let maps = KernelPieces(pass.batch * geometry.channels, costs: geometry.places * geometry.window.area)
        pass.pool.sweep(pieces: maps.count) { piece, _ in
            for map in maps.range(piece) {
                let target = downstream + map * geometry.plane
                target.update(repeating: 0, count: geometry.plane)
                geometry.eachWindow { place, rows, columns in
                    let share = upstream[map * geometry.places + place] * scale
                    for row in rows {
                        for column in columns { target[row * geometry.width + column] += share }
                    }
                }
            }
        }
    }
}
