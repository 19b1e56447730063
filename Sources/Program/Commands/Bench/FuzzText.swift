import Plans
import RunStore
import Settings
import Tensors
import Themes
import Training

/// A reader of texts or single files, with a sample that it reads.
struct FuzzText: Sendable {
    let name: String
    let sample: [UInt8]
    /// Nil where the bytes were read, else the line they were refused with.
    let refusal: @Sendable ([UInt8]) -> String?

    static let all = [
        FuzzText(name: "config", sample: Array(DemoConfig.text.utf8)) { bytes in
            refusal {
                let settings = try Setting.parse(bytes, file: "config.json5")
                _ = try PlanDecoder(folderOf: { _ in "" }).plan(settings)
            }
        },
        FuzzText(
            name: "commands",
            sample: Array("{\"step\":100,\"setLearningRate\":0.01}\n{\"step\":300,\"stop\":{\"keep\":\"best\"}}\n".utf8)
        ) { bytes in
            refusal { _ = try CommandScript.parse(bytes, file: "script.ndjson") }
        },
        FuzzText(name: "theme", sample: Array("theme[main_bg]=\"#14161b\"\ntheme[main_fg]=\"200 200 200\"\n".utf8)) {
            bytes in
            refusal { _ = try Theme(text: String(decoding: bytes, as: UTF8.self), file: "x.theme") }
        },
        FuzzText(name: "weights", sample: weights) { bytes in
            refusal { _ = try SafetensorsFile(bytes: bytes, path: "x.safetensors") }
        },
        FuzzText(name: "reference", sample: referenceLog) { bytes in
            refusal { _ = try RecordedRun.parse(bytes, name: "x", path: "x.ndjson") }
        },
    ]

    private static let referenceLog = Array(
        """
        {"event":"step","step":0,"branch":0,"epoch":0,"loss":2.5,"penalty":0,"accuracy":0.1,"learningRate":0.1,"gradientNorm":3}
        {"event":"evaluation","step":1,"branch":0,"epoch":0,"loss":"NaN","accuracy":null}

        """.utf8)

    private static func refusal(_ read: () throws -> Void) -> String? {
        do {
            try read()
            return nil
        } catch {
            return "\(error)"
        }
    }

    /// A safetensors file with one tensor of four numbers.
    private static let weights: [UInt8] = {
        let header = Array("{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}    ".utf8)
        let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        return length + header + [UInt8](repeating: 0, count: 16)
    }()
}
