import Foundation
import Tensors

/// Makes sure OpenBLAS uses the kernels this processor deserves.
///
/// OpenBLAS does not know processors younger than itself and falls back to Haswell's kernels, which reach little more than
/// half of the speed where there is AVX-512. It reads its choice from the environment before `main`, so the program
/// starts itself again with a better one.
package enum BlasKernel {
    private static let variable = "OPENBLAS_CORETYPE"
    private static let threads = "OPENBLAS_NUM_THREADS"

    /// Replaces the process by itself with a better environment, or returns where there is nothing to gain.
    package static func restartIfBetter(arguments: [String]) {
        guard getenv(variable) == nil, ["Haswell", "Zen"].contains(MatrixProduct.kernelName), hasAVX512 else { return }
        setenv(variable, "SkylakeX", 1)
        setenv(threads, "1", 1)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        // By its own path where that is known, so that `ps` and `pkill` still call it by its name.
        let itself = "/proc/self/exe"
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: itself) { execv(path, words) }
        execv(itself, words)
        // Not possible here (no /proc): go on with the slower kernels.
        unsetenv(variable)
    }

    private static var hasAVX512: Bool {
        guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else { return false }
        return ["avx512f", "avx512dq", "avx512bw", "avx512vl"].allSatisfy { text.contains(" \($0)") }
    }
}
