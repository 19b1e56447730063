/// The JSON header of a safetensors file: an object of tensors, and strings under `__metadata__`.
struct SafetensorsHeader {
    /// Ranges count from the begin of the data and fit type and shape.
    private(set) var entries: [SafetensorsFile.Entry] = []
    private(set) var metadata: [SafetensorsFile.Metadatum] = []

    private static let metadataKey = "__metadata__"

    init(_ bytes: ArraySlice<UInt8>, path: String) throws(SafetensorsError) {
        var reader = SafetensorsHeaderReader(bytes, path: path)
        // The reference implementation wants it so, which leaves room for other formats.
        guard bytes.first == UInt8(ascii: "{") else { throw reader.error("must begin with {") }
        var (names, metadata, entries) = (Set<String>(), [SafetensorsFile.Metadatum](), [SafetensorsFile.Entry]())
        try reader.object { reader, name throws(SafetensorsError) in
            guard names.insert(name).inserted else { throw reader.error("is there twice", tensor: name) }
            if name == Self.metadataKey {
                metadata = try Self.metadata(&reader)
            } else {
                entries.append(try Self.entry(&reader, name))
            }
        }
        try reader.end()
        (self.metadata, self.entries) = (metadata, entries)
    }

    private static func metadata(
        _ reader: inout SafetensorsHeaderReader
    ) throws(SafetensorsError) -> [SafetensorsFile.Metadatum] {
        var (keys, metadata) = (Set<String>(), [SafetensorsFile.Metadatum]())
        try reader.object { reader, key throws(SafetensorsError) in
            guard keys.insert(key).inserted else { throw reader.error("has a key of \(metadataKey) twice") }
            metadata.append(.init(key: key, value: try reader.string()))
        }
        return metadata
    }

    private static func entry(
        _ reader: inout SafetensorsHeaderReader, _ name: String
    ) throws(SafetensorsError) -> SafetensorsFile.Entry {
        var (type, extents, offsets): (SafetensorsType?, [Int]?, [Int]?)
        try reader.object { reader, key throws(SafetensorsError) in
            switch key {
            case "dtype" where type == nil: type = try dtype(&reader, name)
            case "shape" where extents == nil: extents = try reader.integers()
            case "data_offsets" where offsets == nil: offsets = try reader.integers()
            case "dtype", "shape", "data_offsets": throw reader.error("says \(key) twice", tensor: name)
            default: throw reader.error("has an unknown key \(key)", tensor: name)
            }
        }
        guard let type, let extents, let offsets else {
            let missing = type == nil ? "dtype" : extents == nil ? "shape" : "data_offsets"
            throw reader.error("lacks \(missing)", tensor: name)
        }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw reader.error("data_offsets must be begin and end, not \(offsets)", tensor: name)
        }
        // An extent of 0 must not hide that the product of the others is beyond every bound.
        var size = type.width
        for extent in extents.map({ max(1, $0) }) {
            let (product, overflow) = size.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw reader.error("has a shape too large for any file", tensor: name) }
            size = product
        }
        if extents.contains(0) { size = 0 }
        guard offsets[1] - offsets[0] == size else {
            throw reader.error(
                "of type \(type.rawValue) and shape \(Shape(extents)) takes \(size) bytes, but its offsets give it "
                    + "\(offsets[1] - offsets[0])", tensor: name)
        }
        return .init(name: name, type: type, shape: Shape(extents), range: offsets[0]..<offsets[1])
    }

    private static func dtype(
        _ reader: inout SafetensorsHeaderReader, _ name: String
    ) throws(SafetensorsError) -> SafetensorsType {
        let word = try reader.string()
        guard let type = SafetensorsType(rawValue: word) else {
            let known = SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ")
            throw reader.error("has type \(word.prefix(20)); \(known) are read", tensor: name)
        }
        return type
    }
}
