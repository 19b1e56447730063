import Machine

/// Files that many people have, and where to get them.
enum KnownFile {
    private static let mnist = [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ]

    /// What to do when the file is missing; nil for an unknown name.
    static func advice(for path: String) -> String? {
        var parts = path.pathParts
        guard let name = parts.popLast() else { return nil }
        // Some unpackers write a dot before idx.
        let plain = (name.hasSuffix(".gz") ? String(name.dropLast(3)) : name)
            .replacing(".idx", with: "-idx")
        guard mnist.contains(plain) else { return nil }
        let folder = (path.isAbsolutePath ? "/" : "") + parts.joined(separator: "/")
        return "get \(plain).gz from the MNIST pages (yann.lecun.com/exdb/mnist, or a mirror such as "
            + "github.com/cvdf-foundation/mnist) into \(folder.isEmpty ? "this folder" : folder)"
    }
}
