import Tensors

extension BatchNormNode {
    func forwardFeatures(_ pass: Pass) {
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let isTraining = pass.context.mode == .training
        let grid = FeatureGrid(batch: pass.batch, features: features, places: places)
        let (scale, shift) = (pass.parameter(scale), pass.parameter(shift))
        let runningMean = pass.buffers + runningMean.offset
        let runningVariance = pass.buffers + runningVariance.offset
        let (factors, constants) = (factors.pointer, constants)
        let (momentum, eps) = (momentum, eps)
        let pieces = grid.pieces
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            if isTraining {
                Self.measure(
                    input, grid, range, constants, factors: factors, eps: eps, momentum: momentum,
                    runningMean: runningMean, runningVariance: runningVariance)
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

    private static func measure(
        _ input: UnsafePointer<Float>, _ grid: FeatureGrid, _ range: Range<Int>, _ constants: FeatureConstants,
        factors: UnsafeMutablePointer<Float>, eps: Double, momentum: Float,
        runningMean: UnsafeMutablePointer<Float>, runningVariance: UnsafeMutablePointer<Float>
    ) {
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

    func backwardFeatures(_ pass: Pass) {
        let input = pass.value(inputs[0])
        let upstream = pass.gradient(output)
        let downstream = pass.gradients[inputs[0]]
        let isTraining = pass.context.mode == .training
        let grid = FeatureGrid(batch: pass.batch, features: features, places: places)
        let count = Double(pass.batch * places)
        let (scaleGradient, shiftGradient) = (pass.parameterGradient(scale), pass.parameterGradient(shift))
        let (factors, constants) = (factors.pointer, constants)
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
