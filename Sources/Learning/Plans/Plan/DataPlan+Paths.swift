extension DataPlan {
    /// The same plan with paths that mean the same from any folder.
    /// - Parameter folder: the current one, absolute, that relative paths start from.
    package func withAbsolutePaths(from folder: String) -> DataPlan {
        func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
        switch self {
        case .digits, .spirals, .blobs, .sequences, .random: return self
        case .idx(var files):
            files.images = absolute(files.images)
            files.labels = absolute(files.labels)
            files.validation = files.validation.map { .init(images: absolute($0.images), labels: absolute($0.labels)) }
            return .idx(files)
        case .cifar10(var files):
            files.files = files.files.map(absolute)
            files.validationFiles = files.validationFiles?.map(absolute)
            return .cifar10(files)
        case .csv(var files):
            files.file = absolute(files.file)
            files.validationFile = files.validationFile.map(absolute)
            return .csv(files)
        case .npy(var files):
            files.inputs = absolute(files.inputs)
            files.targets = absolute(files.targets)
            files.validation = files.validation.map {
                .init(inputs: absolute($0.inputs), targets: absolute($0.targets))
            }
            return .npy(files)
        case .npz(var files):
            files.file = absolute(files.file)
            files.validation = files.validation.map {
                .init(file: absolute($0.file), inputs: $0.inputs, targets: $0.targets)
            }
            return .npz(files)
        case .imageFolder(var folders):
            folders.folder = absolute(folders.folder)
            folders.validationFolder = folders.validationFolder.map(absolute)
            return .imageFolder(folders)
        }
    }
}
