import Files
import Foundation
import Runs

extension RunDirectory {
    /// What the run is, as screens need it; `config.json` says what it is made of.
    package var description: String { path + "/description.json" }

    /// Writes what the run is, whole or not at all.
    package func write(_ description: RunDescription) throws(FileError) {
        try AtomicFile.write(RunTalk.line(description) + [10], to: self.description)
    }

    /// The kernels that the run was trained with; nil where nothing is written.
    package var kernel: String? { readDescription()?.origin.blasKernel }

    /// What the run is; nil where nothing or something else is written.
    func readDescription() -> RunDescription? {
        guard let bytes = try? FileBytes.read(description, limit: 64 << 20) else { return nil }
        return try? RunTalk.decoder.decode(RunDescription.self, from: Data(bytes))
    }
}
