import Fields

extension Written {
    /// Every file and folder that the fields of its table name, those of nested options included, in the table's order.
    ///
    /// A key whose form is a path is found by that alone, so nobody has to remember a new one here.
    package var writtenPaths: [String] {
        Self.fields.flatMap { field in field.get(self).map { Self.paths(in: $0, field.form) } ?? [] }
    }

    private static func paths(in value: FieldValue, _ form: FieldForm) -> [String] {
        switch value {
        case .text(let path): form.isPath && !path.isEmpty ? [path] : []
        case .list(let values): values.flatMap { paths(in: $0, form) }
        case .written(let options): options.writtenPaths
        case .chosen(let choice): choice.chosen.writtenPaths
        case .null, .flag, .integer, .unsigned, .number, .float, .epochs, .member: []
        }
    }
}
