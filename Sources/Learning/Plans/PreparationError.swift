import Datasets
import Settings
import Tensors

/// Why a run cannot begin: something a person gave is wrong. One line with file, place, what, and what would be right.
package enum PreparationError: Error, CustomStringConvertible {
    case settings(SettingsError)
    case data(DatasetError)
    case weights(SafetensorsError)

    package var description: String {
        switch self {
        case .settings(let error): error.description
        case .data(let error): error.description
        case .weights(let error): error.description
        }
    }
}
