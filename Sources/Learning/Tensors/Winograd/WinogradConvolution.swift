/// Cross-correlation of pictures with 3 x 3 kernels at stride 1 by Winograd's F(4 x 4, 3 x 3): 36 products a tile of 16
/// outputs in place of 144 (Lavin and Gray, 2015).
///
/// Pictures are [channels, height, width], kernels [filters, channels, 3, 3]. Tiles are computed in blocks: some whole
/// pictures, or some rows of tiles of one picture. The transformed numbers of a block lie in 36 matrices of panels
/// (`PanelProduct`), channels along the lanes. What a block computes does not depend on its neighbours.
///
/// Against exact arithmetic, the results' error is below 1e-5 relative to their norm; that of direct sums is about a tenth.
package struct WinogradConvolution: Sendable {
    /// Maps of a picture that comes in.
    package let channels: Int
    /// Rows of a map that comes in, without padding.
    package let height: Int
    /// Columns of a map that comes in, without padding.
    package let width: Int
    /// Kernels, and maps of a picture that comes out.
    package let filters: Int
    /// Zeros on each side of a map.
    package let padding: (height: Int, width: Int)
    /// Rows of a map that comes out: height + 2 padding - 2.
    package let outputHeight: Int
    /// Columns of a map that comes out: width + 2 padding - 2.
    package let outputWidth: Int
    let tileRows: Int
    let tileColumns: Int
    let channelPanels: Int
    let filterPanels: Int
    /// Rows of tiles of a block, all of them where a picture fits.
    let blockTileRows: Int
    /// Whole pictures that fit into a block.
    let mostPictures: Int
    let inputPatch: Patch
    let outputPatch: Patch

    /// A convolution of pictures of one shape; traps where the kernel does not fit into the padded picture.
    package init(channels: Int, height: Int, width: Int, filters: Int, padding: (height: Int, width: Int)) {
        self.channels = channels
        self.height = height
        self.width = width
        self.filters = filters
        self.padding = padding
        outputHeight = height + 2 * padding.height - 2
        outputWidth = width + 2 * padding.width - 2
        precondition(outputHeight > 0 && outputWidth > 0, "the kernel does not fit into the picture")
        tileRows = (outputHeight + 3) / 4
        tileColumns = (outputWidth + 3) / 4
        channelPanels = (channels + 15) / 16
        filterPanels = (filters + 15) / 16
        let panels = channelPanels + filterPanels
        // Where the kernels are larger than a block, one as large as they are passes through them less often.
        let most = max(
            16, min(64, Self.blockCapacity / (36 * 16 * panels)), min(128, 16 * channelPanels * filterPanels / panels))
        blockTileRows = max(1, min(tileRows, most / tileColumns))
        mostPictures = blockTileRows < tileRows ? 1 : max(1, most / (tileRows * tileColumns))
        inputPatch = Patch(
            height: height, width: width, rows: 4 * blockTileRows + 2, columns: 4 * tileColumns + 2, left: padding.width
        )
        outputPatch = Patch(
            height: outputHeight, width: outputWidth, rows: 4 * blockTileRows, columns: 4 * tileColumns, left: 0)
    }

    /// Transformed numbers of a block that stay in the caches beside the kernels.
    private static let blockCapacity = 640 << 10

    /// Whether it is faster than a product with the matrix of windows: tried at the shapes of resnet20 and vgg, the border
    /// itself is a guess. Few channels do not fill the lanes, and small maps do not fill the tiles.
    package static func suits(channels: Int, filters: Int, outputHeight: Int, outputWidth: Int) -> Bool {
        let tiles = (outputHeight + 3) / 4 * ((outputWidth + 3) / 4)
        return channels >= 12 && filters >= 12 && outputHeight >= 3 && outputWidth >= 3
            && 2 * outputHeight * outputWidth >= 16 * tiles
    }

    /// Numbers of a picture that comes in.
    package var inputCount: Int { channels * height * width }
    /// Numbers of a picture that comes out.
    package var outputCount: Int { filters * outputHeight * outputWidth }

    /// How many pictures of a batch make a block: fewer in small batches, so that there are as many blocks as pieces.
    package func blockPictures(batch: Int, pieces: Int) -> Int { min(mostPictures, max(1, batch / pieces)) }

    /// Room for the tiles of a block, whole groups of eight.
    var tileCapacity: Int { (mostPictures * blockTileRows * tileColumns + 7) / 8 * 8 }

    /// Distance between the matrices of neighbouring points; a line more than they need, against collisions in caches.
    var inputDistance: Int { channelPanels * tileCapacity * 16 + 16 }
    var outputDistance: Int { filterPanels * tileCapacity * 16 + 16 }

    /// Floats of the kernels' transform, for the forward pass and once more for the gradient of the input.
    package var kernelCount: Int { 36 * filterPanels * 16 * channelPanels * 16 }
    /// Floats of a sum of gradients of the transformed kernels.
    package var kernelGradientCount: Int { kernelCount }
    /// Floats that a piece of the work needs for itself.
    package var workspaceCount: Int {
        36 * (inputDistance + outputDistance) + 2 * inputPatch.count + outputPatch.count + Self.tileCount
    }

    /// Floats of one tile half transformed.
    private static let tileCount = 36 * 16

    /// Blocks of `count` pictures in order: which pictures, and which rows of tiles of theirs.
    @inline(__always)
    func eachBlock(_ pictures: Range<Int>, of count: Int, _ body: (Range<Int>, Range<Int>) -> Void) {
        var first = pictures.lowerBound
        while first < pictures.upperBound {
            let group = first..<min(pictures.upperBound, first + count)
            var row = 0
            while row < tileRows {
                let rows = row..<min(tileRows, row + blockTileRows)
                body(group, rows)
                row = rows.upperBound
            }
            first = group.upperBound
        }
    }

    /// What one piece of the work does of a pass: some pictures of the batch, block by block, in memory of its own.
    package struct Piece {
        /// The pictures of the batch that it goes through.
        let pictures: Range<Int>
        /// Pictures of a block.
        let block: Int
        /// The transformed kernels.
        let kernels: UnsafePointer<Float>
        /// `workspaceCount` floats of its own.
        let memory: UnsafeMutablePointer<Float>

        /// - Parameters:
        ///   - block: Pictures of a block (`blockPictures`).
        ///   - kernels: What `transformKernels` made for `forward`, `transposeKernels` for `backward`.
        ///   - memory: `workspaceCount` floats of its own.
        package init(
            _ pictures: Range<Int>, block: Int, kernels: UnsafePointer<Float>, memory: UnsafeMutablePointer<Float>
        ) {
            self.pictures = pictures
            self.block = block
            self.kernels = kernels
            self.memory = memory
        }
    }

    /// A piece's memory.
    struct Workspace {
        /// 36 matrices [tiles, channels].
        let inputs: UnsafeMutablePointer<Float>
        /// 36 matrices [tiles, filters].
        let outputs: UnsafeMutablePointer<Float>
        let inputPatch: UnsafeMutablePointer<Float>
        let gradientPatch: UnsafeMutablePointer<Float>
        let outputPatch: UnsafeMutablePointer<Float>
        let tile: UnsafeMutablePointer<Float>

        init(_ shape: WinogradConvolution, _ memory: UnsafeMutablePointer<Float>) {
            inputs = memory
            outputs = inputs + 36 * shape.inputDistance
            inputPatch = outputs + 36 * shape.outputDistance
            gradientPatch = inputPatch + shape.inputPatch.count
            outputPatch = gradientPatch + shape.inputPatch.count
            tile = outputPatch + shape.outputPatch.count
        }
    }
}
