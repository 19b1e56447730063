import Glibc

/// Paths are bytes to the system and text here: what is no UTF-8 is found and shown, rather than read as another path.
package enum PathText {
    /// Bytes that are no UTF-8 with the stray ones escaped, `caf\\xe9`; nil where they are UTF-8.
    package static func escaped(_ bytes: [UInt8]) -> String? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        let digits = Array("0123456789abcdef")
        return bytes.map { byte in
            (0x20...0x7E).contains(byte)
                ? String(Unicode.Scalar(byte)) : "\\x\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }.joined()
    }

    /// The current folder where its path is no UTF-8, escaped.
    package static var strayCurrentFolder: String? {
        guard let path = getcwd(nil, 0) else { return nil }
        defer { free(path) }
        return escaped(bytes(path))
    }

    /// The first word of the command line that is no UTF-8, escaped.
    package static var strayArgument: String? {
        for index in 0..<Int(CommandLine.argc) {
            if let word = CommandLine.unsafeArgv[index], let escaped = escaped(bytes(word)) { return escaped }
        }
        return nil
    }

    private static func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
        UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
    }
}
