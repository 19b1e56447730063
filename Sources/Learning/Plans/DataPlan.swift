import Datasets
import Fields
import Machine

/// Where the examples come from, and how many of them may lie in memory.
package struct DataPlan: Hashable, Sendable {
    /// The kind of data with its options.
    package var source: Source
    /// What a data set may take before it is read batch by batch.
    package var memoryLimit: MemoryLimit

    package init(_ source: Source, memoryLimit: MemoryLimit = .standard) {
        self.source = source
        self.memoryLimit = memoryLimit
    }

    /// The kinds of data there are. What one is stands with its type.
    package enum Source: Hashable, Sendable {
        case digits(Digits)
        case spirals(Spirals)
        case blobs(Blobs)
        case idx(IDXFiles)
        case cifar10(CIFAR10Files)
        case csv(CSVFiles)
        case npy(NPYFiles)
        case npz(NPZFiles)
        case imageFolder(ImageFolders)
        case sequences(Sequences)
        case random(RandomNumbers)
    }

    /// The same plan with paths that mean the same from any folder.
    /// - Parameter folder: the current one, absolute, that relative paths start from.
    package func withAbsolutePaths(from folder: String) -> DataPlan {
        var plan = self
        for alternative in Source.alternatives where alternative.kind == type(of: source.options) {
            plan.source = alternative.whole(
                source.options.withPaths { $0.isAbsolutePath ? $0 : "\(folder)/\($0)" })
        }
        return plan
    }
}

extension DataPlan.Source: Alternatives {
    package static let alternatives: [Alternative<DataPlan.Source>] = [
        Alternative(DataPlan.Source.digits), Alternative(DataPlan.Source.spirals),
        Alternative(DataPlan.Source.blobs), Alternative(DataPlan.Source.idx), Alternative(DataPlan.Source.cifar10),
        Alternative(DataPlan.Source.csv), Alternative(DataPlan.Source.npy), Alternative(DataPlan.Source.npz),
        Alternative(DataPlan.Source.imageFolder), Alternative(DataPlan.Source.sequences),
        Alternative(DataPlan.Source.random),
    ]

    package var chosen: any Written { options }

    /// The data itself.
    package var options: any DataSource {
        switch self {
        case .digits(let data): data
        case .spirals(let data): data
        case .blobs(let data): data
        case .idx(let data): data
        case .cifar10(let data): data
        case .csv(let data): data
        case .npy(let data): data
        case .npz(let data): data
        case .imageFolder(let data): data
        case .sequences(let data): data
        case .random(let data): data
        }
    }
}

extension DataPlan: Alternatives {
    package static let alternatives = Source.alternatives.map { $0.map { DataPlan($0) } }
    package static let fieldsBeside: [Field<DataPlan>] = [
        Field(
            "memoryLimit", .integer(0...Int.max),
            "bytes of memory that a data set may take before it is read batch by batch",
            get: { $0.memoryLimit.bytes }, set: { $0.memoryLimit = MemoryLimit(bytes: $1) }
        ).brief
    ]
    package var chosen: any Written { source.options }
}

extension Written {
    /// The same value with every path that its table knows changed.
    fileprivate func withPaths(_ change: (String) -> String) -> Self {
        func changed(_ value: FieldValue) -> FieldValue {
            switch value {
            case .text(let path): .text(change(path))
            case .list(let values): .list(values.map(changed))
            default: value
            }
        }
        var copy = self
        for field in Self.fields where field.form.isPath {
            if let value = field.get(self) { field.set(&copy, changed(value)) }
        }
        return copy
    }
}

extension FieldForm {
    /// Whether it takes paths and nothing else.
    var isPath: Bool {
        switch self {
        case .path: true
        case .list(let form), .nullable(let form), .checked(let form, _, _): form.isPath
        case .either(let forms, _): forms.allSatisfy(\.isPath)
        default: false
        }
    }
}
