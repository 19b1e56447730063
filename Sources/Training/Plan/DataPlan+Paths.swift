extension DataPlan {
    /// The same plan with paths that mean the same from any folder.
    /// - Parameter folder: the current one, absolute, that relative paths start from.
    package func withAbsolutePaths(from folder: String) -> DataPlan {
        guard case .idx(var files) = self else { return self }
        func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
        files.images = absolute(files.images)
        files.labels = absolute(files.labels)
        files.validation = files.validation.map { .init(images: absolute($0.images), labels: absolute($0.labels)) }
        return .idx(files)
    }
}
