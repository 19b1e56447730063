import Tensors

extension Dataset {
    /// Copies classes, one for each index; traps where the targets are numbers.
    package func copyClasses(of indices: UnsafeBufferPointer<Int32>, to target: UnsafeMutablePointer<Int32>) {
        guard case .classes(let classes, _) = targets else {
            preconditionFailure("\(name) has numbers to predict, no classes")
        }
        classes.withUnsafeBufferPointer { source in
            for (row, index) in indices.enumerated() { target[row] = source[Int(index)] }
        }
    }

    /// Copies numbers to predict, `indices.count` x shape; traps where the targets are classes.
    package func copyValues(of indices: UnsafeBufferPointer<Int32>, to target: UnsafeMutablePointer<Float>) {
        guard case .values(let values, let shape) = targets else {
            preconditionFailure("\(name) has classes, no numbers to predict")
        }
        let length = shape.count
        for (row, index) in indices.enumerated() {
            let start = Int(index) * length
            precondition(index >= 0 && start + length <= values.count, "there is no example \(index)")
            (target + row * length).update(from: values.pointer + start, count: length)
        }
    }
}
