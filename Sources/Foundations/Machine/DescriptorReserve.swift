import Glibc

/// How many files this process may still open.
package enum DescriptorReserve {
    /// Ends the program with a line and exit code 1 where fewer than so many can be opened.
    package static func demand(_ count: Int) {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        for _ in 0..<count {
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else {
                // A machine without that file has another trouble.
                guard errno == EMFILE || errno == ENFILE else { return }
                var limit = rlimit()
                getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                for descriptor in opened { close(descriptor) }
                Exhaustion.end(
                    "too few files may be open (ulimit -n \(limit.rlim_cur)): \(count) more are needed and "
                        + "\(opened.count) can be; raise the limit")
            }
            opened.append(descriptor)
        }
    }
}
