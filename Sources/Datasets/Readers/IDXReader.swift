import Files
import Tensors

/// Reads pictures and labels in the format of the MNIST pages, plain or gzip.
package enum IDXReader {
    /// Reads a file of pictures ([N, H, W] becomes 1xHxW, [N, C, H, W] and [N, F] stay) and one of labels.
    ///
    /// - Parameters:
    ///   - raw: Pixels are bytes as they are; otherwise bytes / 255.
    ///   - classCount: How many classes there are; nil is one more than the largest label.
    package static func read(
        images: String, labels: String, raw: Bool = false, classCount: Int? = nil
    ) throws(DatasetError) -> Dataset {
        let pictures = try IDXFile(images, ranks: 2...4)
        let classes = try IDXFile(labels, ranks: 1...1)
        guard pictures.extents[0] == classes.extents[0] else {
            throw DatasetError(
                labels,
                "\(classes.extents[0]) labels for the \(pictures.extents[0]) pictures of \(images); "
                    + "the two files must belong together")
        }
        guard pictures.valueCount > 0 else {
            throw DatasetError(images, "holds no pixels; at least one picture with at least one pixel is due")
        }
        let (values, count) = try checkedLabels(classes, classCount: classCount)
        var extents = Array(pictures.extents.dropFirst())
        if extents.count == 2 { extents.insert(1, at: 0) }
        let inputs = FloatBuffer(count: pictures.valueCount)
        // Divided, not multiplied by 1/255, so that each of the 256 values is the nearest to its fraction.
        let table = (0..<256).map { raw ? Float($0) : Float($0) / 255 }
        for (position, byte) in pictures.values.enumerated() { inputs.pointer[position] = table[Int(byte)] }
        let sources = try [images, labels].map { path throws(DatasetError) in
            try Dataset.Source(path: path, sha256: digest(path))
        }
        return Dataset(
            name: images, inputs: inputs, inputShape: Shape(extents), targets: .classes(values, classCount: count),
            sources: sources)
    }

    private static func checkedLabels(
        _ file: IDXFile, classCount: Int?
    ) throws(DatasetError) -> ([Int32], Int) {
        let labels = file.values.map(Int32.init)
        let count = classCount ?? Int(labels.max() ?? 0) + 1
        if let wrong = labels.firstIndex(where: { $0 >= count }) {
            throw DatasetError(
                file.path,
                "label \(wrong) of \(labels.count) is \(labels[wrong]); with \(count) classes labels lie in "
                    + "0...\(count - 1)")
        }
        return (labels, count)
    }

    private static func digest(_ path: String) throws(DatasetError) -> String {
        do throws(FileError) {
            return try Digest.sha256(ofFile: path)
        } catch {
            throw DatasetError(error)
        }
    }
}
