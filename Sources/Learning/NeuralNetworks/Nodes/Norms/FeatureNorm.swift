import Tensors

/// Batch norm where a feature is one number: sixteen features at a time, down the batch.
struct FeatureNorm {
    let state: BatchNormState
    /// The values that it reads and writes.
    let input: Int
    let output: Int

    func forward(_ pass: Pass) {
        let input = pass.value(input)
        let result = pass.values[output]
        let isTraining = pass.context.mode == .training
        let grid = FeatureGrid(batch: pass.batch, features: state.features, places: state.places)
        let tensors = state.tensors
        let (scale, shift) = (pass.parameter(tensors.scale), pass.parameter(tensors.shift))
        let runningMean = pass.buffers + tensors.runningMean.offset
        let runningVariance = pass.buffers + tensors.runningVariance.offset
        let (factors, constants) = (state.factors.pointer, state.constants)
        let eps = state.eps
        let pieces = grid.pieces
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            if isTraining {
                measure(input, grid, range, runningMean: runningMean, runningVariance: runningVariance)
            } else {
                for feature in range {
                    constants[.mean][feature] = runningMean[feature]
                    factors[feature] = Float(1 / (Double(runningVariance[feature]) + eps).squareRoot())
                }
            }
            for feature in range {
                constants[.gain][feature] = scale[feature] * factors[feature]
                constants[.first][feature] = shift[feature]
            }
            grid.map(range, constants, into: result) { index, lanes, constant in
                VectorMath.fma(input.lanes(at: index, count: lanes) - constant.mean, constant.gain, constant.first)
            }
        }
    }

    /// Finds mean and factor of some features, and moves the running statistics.
    private func measure(
        _ input: UnsafePointer<Float>, _ grid: FeatureGrid, _ range: Range<Int>,
        runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>
    ) {
        let (factors, constants) = (state.factors.pointer, state.constants)
        let (momentum, eps) = (state.momentum, state.eps)
        let count = Double(grid.batch * grid.places)
        grid.sums(range, constants) { index, lanes, _ in
            input.lanes(at: index, count: lanes)
        } result: { feature, sum in
            let mean = Float(sum / count)
            constants[.mean][feature] = mean
            runningMean[feature] += momentum * (mean - runningMean[feature])
        }
        grid.sums(range, constants) { index, lanes, constant in
            let distance = input.lanes(at: index, count: lanes) - constant.mean
            return distance * distance
        } result: { feature, sum in
            factors[feature] = Float(1 / (sum / count + eps).squareRoot())
            if count > 1 {
                runningVariance[feature] += momentum * (Float(sum / (count - 1)) - runningVariance[feature])
            }
        }
    }

    func backward(_ pass: Pass) {
        let downstream = pass.gradients[input]
        let input = pass.value(input)
        let upstream = pass.gradient(output)
        let isTraining = pass.context.mode == .training
        let grid = FeatureGrid(batch: pass.batch, features: state.features, places: state.places)
        let count = Double(pass.batch * state.places)
        let scaleGradient = pass.parameterGradient(state.tensors.scale)
        let shiftGradient = pass.parameterGradient(state.tensors.shift)
        let (factors, constants) = (state.factors.pointer, state.constants)
        let pieces = grid.pieces
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            grid.sums(range, constants) { index, lanes, _ in
                upstream.lanes(at: index, count: lanes)
            } result: { feature, sum in
                shiftGradient[feature] = Float(sum)
                constants[.first][feature] = isTraining ? Float(sum / count) : 0
            }
            grid.sums(range, constants) { index, lanes, constant in
                upstream.lanes(at: index, count: lanes)
                    * (input.lanes(at: index, count: lanes) - constant.mean)
            } result: { feature, sum in
                let factor = Double(factors[feature])
                scaleGradient[feature] = Float(sum * factor)
                constants[.second][feature] = isTraining ? Float(sum * factor * factor / count) : 0
            }
            guard let downstream else { return }
            // dx = gain (dy - mean(dy) - (x - mean) mean(dy (x - mean)) / variance)
            grid.map(range, constants, into: downstream) { index, lanes, constant in
                let distance = input.lanes(at: index, count: lanes) - constant.mean
                let centered = upstream.lanes(at: index, count: lanes) - constant.first
                return constant.gain * VectorMath.fma(-distance, constant.second, centered)
            }
        }
    }
}
