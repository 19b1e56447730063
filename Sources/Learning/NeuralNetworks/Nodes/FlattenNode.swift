import Tensors

/// The same numbers as a list: no work, no memory.
final class FlattenNode: Node {
    let name: String
    let kind = "flatten"
    let inputs: [Int]
    let output: Int
    let outputShape: Shape
    let traits: NodeTraits = .alias

    init(name: String, input: Int, output: Int, count: Int) {
        self.name = name
        inputs = [input]
        self.output = output
        outputShape = [count]
    }

    func forward(_ pass: Pass) {}
    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let upstream = pass.gradient(output)
        // The same memory, unless several nodes read the input.
        if upstream != UnsafePointer(downstream) {
            downstream.update(from: upstream, count: pass.batch * outputShape.count)
        }
    }
}
