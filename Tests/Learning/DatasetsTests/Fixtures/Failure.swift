import Datasets

/// The line that reading ends with; nil where it works.
func failure(_ read: () throws(DatasetError) -> Dataset) -> String? {
    do throws(DatasetError) {
        _ = try read()
        return nil
    } catch { return error.description }
}

extension Dataset {
    /// The classes, or none where numbers are predicted.
    var classes: [Int32] { if case .classes(let classes, _) = targets { classes } else { [] } }

    /// The numbers to predict.
    var values: [Float] { if case .values(let values, _) = targets { values.array } else { [] } }
}
