import Datasets

extension DataPlan {
    /// The files of an IDX data set, absolute or relative to the current folder, as all paths here.
    package struct IDXFiles: Hashable, Sendable {
        package var images: String
        package var labels: String
        package var validation: Pair?
        /// Bytes as they are, 0...255, in place of 0...1.
        package var raw: Bool
        /// Number of classes; nil for one more than the largest label.
        package var classCount: Int?

        package struct Pair: Hashable, Sendable {
            package var images: String
            package var labels: String
        }
    }

    /// CIFAR-10's binary files.
    package struct CIFAR10Files: Hashable, Sendable {
        package var files: [String]
        package var validationFiles: [String]?
        /// Bytes as they are, 0...255, in place of 0...1.
        package var raw: Bool
    }

    /// A table, and what its columns mean.
    package struct CSVFiles: Hashable, Sendable {
        package var file: String
        package var validationFile: String?
        /// The columns to predict.
        package var labels: [CSVReader.Column]
        package var task: CSVReader.Task
        package var hasHeader: Bool
        package var separator: Character
    }

    /// NumPy arrays, a file each.
    package struct NPYFiles: Hashable, Sendable {
        package var inputs: String
        package var targets: String
        package var validation: Pair?
        package var classCount: Int?

        package struct Pair: Hashable, Sendable {
            package var inputs: String
            package var targets: String
        }
    }

    /// NumPy arrays in an archive, by their names there.
    package struct NPZFiles: Hashable, Sendable {
        package var file: String
        package var inputs: String
        package var targets: String
        package var validation: Member?
        package var classCount: Int?

        /// Where the validation arrays are: in an archive of their own or under other names.
        package struct Member: Hashable, Sendable {
            package var file: String
            package var inputs: String
            package var targets: String
        }
    }

    /// Folders with a folder of pictures for each class.
    package struct ImageFolders: Hashable, Sendable {
        package var folder: String
        package var validationFolder: String?
        package var resized: ImageFolderReader.Size?
        package var size: ImageFolderReader.Size?
        package var isGrey: Bool
    }
}
