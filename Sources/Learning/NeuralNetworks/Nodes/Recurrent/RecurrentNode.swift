import Tensors

/// A recurrent layer over sequences of shape [length, features], from a state of zeros, with full backpropagation
/// through time; PyTorch's weights and gate order.
///
/// Examples are cut into pieces that each walk through time on their own. `gates` holds what the gates gave, and after
/// `backward` the gradients of their sums.
final class RecurrentNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = [.readsInput, .accumulates]
    let role = NodeRole.weighted
    let parameterSegments: [Int]
    let cell: RecurrentCell
    let length: Int
    let features: Int
    let units: Int
    /// Whether every state is handed on, not the last alone.
    let returnsSequences: Bool
    let inputWeight: Parameter
    let stateWeight: Parameter
    private let inputBias: Parameter
    private let stateBias: Parameter
    /// `[batch, length, gates x units]`
    let gates: FloatBuffer
    /// The state before each step, `[batch, length, units]`; that of step 0 stays 0.
    let previous: FloatBuffer
    /// LSTM's memory after each step, `[batch, length, units]`.
    let cells: FloatBuffer
    /// Gradients of state and memory that go back in time, `[batch, units]`.
    let stateGradient: FloatBuffer
    let cellGradient: FloatBuffer

    /// The four tensors in PyTorch's order.
    struct Parameters {
        let inputWeight: Parameter
        let stateWeight: Parameter
        let inputBias: Parameter
        let stateBias: Parameter
    }

    /// - Parameter input: Shape of the sequences that come in.
    init(
        _ place: NodePlace, input: Shape, cell: RecurrentCell, units: Int, returnsSequences: Bool,
        parameters: Parameters,
        maximumBatch: Int
    ) {
        self.place = place
        self.cell = cell
        (length, features) = (input[0], input[1])
        self.units = units
        self.returnsSequences = returnsSequences
        (inputWeight, stateWeight) = (parameters.inputWeight, parameters.stateWeight)
        (inputBias, stateBias) = (parameters.inputBias, parameters.stateBias)
        parameterSegments = [inputWeight.index, stateWeight.index, inputBias.index, stateBias.index]
        let states = maximumBatch * length * units
        gates = FloatBuffer(count: states * cell.gateCount)
        previous = FloatBuffer(count: states)
        cells = FloatBuffer(count: cell == .lstm ? states : 0)
        stateGradient = FloatBuffer(count: maximumBatch * units)
        cellGradient = FloatBuffer(count: cell == .lstm ? maximumBatch * units : 0)
    }

    var width: Int { cell.gateCount * units }
    var multiplyAdds: Int { length * width * (features + units) }
    var workspaceBytes: Int {
        4 * (gates.count + previous.count + cells.count + stateGradient.count + cellGradient.count)
    }

    private func examplePieces(_ batch: Int) -> KernelPieces {
        KernelPieces(batch, costs: multiplyAdds, atLeast: 1 << 17)
    }

    func forward(_ pass: Pass) {
        let (length, features, units, width) = (length, features, units, width)
        let (gates, previous) = (gates.pointer, previous.pointer)
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let (inputWeight, stateWeight) = (pass.parameter(inputWeight), pass.parameter(stateWeight))
        let (inputBias, stateBias) = (pass.parameter(inputBias), pass.parameter(stateBias))
        let pieces = examplePieces(pass.batch)
        pass.pool.run(pieces: pieces.count) { piece in
            let examples = pieces.range(piece)
            let rows = examples.lowerBound * length..<examples.upperBound * length
            for row in rows {
                VectorLoop.map(inputBias, stateBias, into: gates + row * width, 0..<width) { $0 + $1 }
            }
            MatrixProduct.multiply(
                rows: rows.count, columns: width, inner: features,
                MatrixFactor(input + rows.lowerBound * features, leading: features),
                MatrixFactor(inputWeight, leading: features, isTransposed: true),
                into: MatrixResult(gates + rows.lowerBound * width, leading: width, beta: 1))
            for time in 0..<length {
                let first = rows.lowerBound + time
                if time > 0 {
                    MatrixProduct.multiply(
                        rows: examples.count, columns: width, inner: units,
                        MatrixFactor(previous + first * units, leading: length * units),
                        MatrixFactor(stateWeight, leading: units, isTransposed: true),
                        into: MatrixResult(gates + first * width, leading: length * width, beta: 1))
                }
                for example in examples {
                    let row = example * length + time
                    if time + 1 < length {
                        step(row, isFirst: time == 0, into: previous + (row + 1) * units)
                        if returnsSequences {
                            (result + row * units).update(from: previous + (row + 1) * units, count: units)
                        }
                    } else {
                        step(row, isFirst: time == 0, into: result + (returnsSequences ? row : example) * units)
                    }
                }
            }
        }
    }

    func backward(_ pass: Pass) {
        backThroughTime(pass)
        let (features, units, width, rows) = (features, units, width, pass.batch * length)
        let (gates, previous) = (gates.pointer, previous.pointer)
        let input = pass.value(inputs[0])
        let inputWeightGradient = pass.parameterGradient(inputWeight)
        let stateWeightGradient = pass.parameterGradient(stateWeight)
        let (inputBiasGradient, stateBiasGradient) =
            (pass.parameterGradient(inputBias), pass.parameterGradient(stateBias))
        let pieces = LinearProduct.libraryPieces(width, costs: (features + units) * rows)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            let gateRows = MatrixFactor(gates + range.lowerBound, leading: width, isTransposed: true)
            MatrixProduct.multiply(
                rows: range.count, columns: features, inner: rows, gateRows, MatrixFactor(input, leading: features),
                into: MatrixResult(inputWeightGradient + range.lowerBound * features, leading: features))
            MatrixProduct.multiply(
                rows: range.count, columns: units, inner: rows, gateRows, MatrixFactor(previous, leading: units),
                into: MatrixResult(stateWeightGradient + range.lowerBound * units, leading: units))
            LinearNode.sumColumns(gates, rows: rows, width: width, range, into: inputBiasGradient)
            (stateBiasGradient + range.lowerBound).update(
                from: inputBiasGradient + range.lowerBound, count: range.count)
        }
    }

    private func backThroughTime(_ pass: Pass) {
        let (length, features, units, width) = (length, features, units, width)
        let gates = gates.pointer
        let (stateGradient, cellGradient) = (stateGradient.pointer, cellGradient.pointer)
        let upstream = pass.gradient(output)
        let downstream = pass.gradients[inputs[0]]
        let (inputWeight, stateWeight) = (pass.parameter(inputWeight), pass.parameter(stateWeight))
        let beta: Float = pass.adds ? 1 : 0
        let pieces = examplePieces(pass.batch)
        pass.pool.run(pieces: pieces.count) { piece in
            let examples = pieces.range(piece)
            let state = stateGradient + examples.lowerBound * units
            state.update(repeating: 0, count: examples.count * units)
            if cell == .lstm {
                (cellGradient + examples.lowerBound * units).update(repeating: 0, count: examples.count * units)
            }
            for time in stride(from: length - 1, through: 0, by: -1) {
                for example in examples {
                    let row = example * length + time
                    if returnsSequences || time == length - 1 {
                        let own = stateGradient + example * units
                        let incoming = upstream + (returnsSequences ? row : example) * units
                        VectorLoop.map(own, incoming, into: own, 0..<units) { $0 + $1 }
                    }
                    stepBack(row, example, isFirst: time == 0)
                }
                guard time > 0 else { continue }
                MatrixProduct.multiply(
                    rows: examples.count, columns: units, inner: width,
                    MatrixFactor(
                        gates + (examples.lowerBound * length + time) * width, leading: length * width),
                    MatrixFactor(stateWeight, leading: units), into: MatrixResult(state, leading: units))
            }
            guard let downstream else { return }
            let first = examples.lowerBound * length
            MatrixProduct.multiply(
                rows: examples.count * length, columns: features, inner: width,
                MatrixFactor(gates + first * width, leading: width), MatrixFactor(inputWeight, leading: features),
                into: MatrixResult(downstream + first * features, leading: features, beta: beta))
        }
    }
}
