import NeuralNetworks
import Plans
import Settings
import Tensors
import Training

/// One layer of PyTorch in double precision: an input, a gradient that comes back to its output, and what it makes of
/// both.
struct LayerFixture {
    let file: SafetensorsFile
    let layer: LayerSpecification
    let mode: StepContext.Mode
    /// Shape of one example's input.
    let shape: Shape
    let batch: Int

    init(_ name: String) throws {
        let file = try SafetensorsFile.read("\(Fixtures.folder)/layers/\(name).safetensors")
        self.file = file
        let entry = file.metadata.first { $0.key == "layer" }?.value ?? ""
        let config = "{ data: \"blobs\", model: [\(entry)] }"
        let plan = try PlanDecoder(folderOf: { _ in "" }).plan(Setting.parse(text: config, file: name))
        layer = plan.model[0]
        // Nothing goes back through an evaluation.
        mode = file["inputGradient"] == nil ? .evaluation : .training
        let extents = file["input"]?.shape.extents ?? []
        batch = extents.first ?? 0
        shape = Shape(Array(extents.dropFirst()))
    }

    func numbers(_ name: String) -> [Float] { file[name].flatMap { file.floats($0) } ?? [] }

    /// The layer behind another one whose weight is the input and whose own input is one-hot: so the gradient of the
    /// input can be read as that of a weight, and nothing is rounded on the way.
    var network: Network {
        get throws {
            let features = shape[0]
            let before: LayerSpecification =
                switch shape.rank {
                case 3: .conv2d(Conv2d(filters: features, kernel: 1, bias: false))
                case 2: .conv1d(Conv1d(filters: features, kernel: 1, bias: false))
                default: .linear(Linear(units: features, bias: false))
                }
            let specification = NetworkSpecification(
                layers: [before, layer], inputShape: Shape([columns] + shape.extents.dropFirst()))
            return try Network(specification, maximumBatch: batch, pool: WorkerPool(threadCount: 2))
        }
    }

    /// Places of a picture or a sequence.
    private var places: Int { shape.count / shape[0] }
    /// One for each place of each example.
    private var columns: Int { batch * places }

    /// Row `feature` of the weight holds that feature of every place of every example.
    func weight(from input: [Float]) -> [Float] {
        (0..<shape[0] * columns).map { index in
            let (feature, column) = (index / columns, index % columns)
            return input[(column / places * shape[0] + feature) * places + column % places]
        }
    }

    /// What comes in before the layer: a 1 in the channel of each place, and 0 elsewhere.
    var oneHot: FloatBuffer {
        let input = FloatBuffer(count: batch * columns * places)
        for column in 0..<columns {
            input.pointer[(column / places * columns + column) * places + column % places] = 1
        }
        return input
    }
}
