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
                Self.eachWindow(geometry) { place, rows, columns in
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
                Self.eachWindow(geometry) { place, rows, columns in
                    let share = upstream[map * geometry.places + place] * scale
                    for row in rows {
                        for column in columns { target[row * geometry.width + column] += share }
                    }
                }
            }
        }
    }

    /// The part of each window that lies inside the picture.
    @inline(__always)
    private static func eachWindow(_ geometry: WindowGeometry, _ body: (Int, Range<Int>, Range<Int>) -> Void) {
        for outputRow in 0..<geometry.outputHeight {
            let top = outputRow * geometry.stride.height - geometry.padding.height
            let rows = max(0, top)..<min(geometry.height, top + geometry.window.height)
            for outputColumn in 0..<geometry.outputWidth {
                let left = outputColumn * geometry.stride.width - geometry.padding.width
                let columns = max(0, left)..<min(geometry.width, left + geometry.window.width)
                body(outputRow * geometry.outputWidth + outputColumn, rows, columns)
            }
        }
    }
}
