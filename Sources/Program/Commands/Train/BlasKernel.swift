import Foundation
import Machine
import Tensors

/// Makes sure OpenBLAS uses the kernels this processor deserves.
///
/// OpenBLAS does not know processors younger than itself and falls back to Haswell's kernels, which reach little more than
/// half of the speed where there is AVX-512; and some machines ask for those in every environment. It reads its choice
/// from the environment before `main`, so the program starts itself again with a better one. `SITTER_BLAS_KERNEL` names
/// the kernel where the same bits are wanted on different machines.
package enum BlasKernel {
    private static let choice = "OPENBLAS_CORETYPE"
    private static let threads = "OPENBLAS_NUM_THREADS"
    private static let pinned = "SITTER_BLAS_KERNEL"
    /// Tells the program that it has started itself again, whatever OpenBLAS made of it.
    private static let restarted = "SITTER_RESTARTED"

    /// Replaces the process by itself with a better environment, or returns where there is nothing to gain.
    package static func restartIfBetter(arguments: [String]) {
        guard getenv(restarted) == nil, let name = better(than: MatrixProduct.kernelName) else {
            unsetenv(restarted)
            return
        }
        let before = getenv(choice).map { String(cString: $0) }
        setenv(choice, name, 1)
        setenv(threads, "1", 1)
        setenv(restarted, "1", 1)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { $0.withPathBytes { strdup($0) } }
        words.append(nil)
        // By its own path where that is known, so that `ps` and `pkill` still call it by its name.
        if let path = ProcessFacts.program { _ = path.withPathBytes { execv($0, words) } }
        execv("/proc/self/exe", words)
        // Not possible here (no /proc): go on with the slower kernels.
        if let before { setenv(choice, before, 1) } else { unsetenv(choice) }
        unsetenv(restarted)
    }

    /// The kernel to start again with; nil where the present one is the one to have.
    private static func better(than present: String) -> String? {
        if let wanted = getenv(pinned).map({ String(cString: $0) }), !wanted.isEmpty {
            return wanted == present ? nil : wanted
        }
        return ["Haswell", "Zen"].contains(present) && hasAVX512 ? "SkylakeX" : nil
    }

    private static var hasAVX512: Bool {
        ProcessFacts.processorFlags.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl"])
    }
}
