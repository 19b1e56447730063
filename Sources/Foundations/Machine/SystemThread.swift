import Dispatch
import Glibc

/// Starts threads, and says so where the system gives none.
package enum SystemThread {
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs the body on a thread of its own; where there is none the program ends with a line and exit code 1.
    ///
    /// - Parameters:
    ///   - name: the first 15 letters are what the system shows.
    ///   - stackSize: bytes.
    package static func start(_ name: String, stackSize: Int = 8 << 20, _ body: @escaping @Sendable () -> Void) {
        do throws(SystemError) {
            pthread_detach(
                try create(stackSize: stackSize) {
                    nameCurrent(name)
                    body()
                })
        } catch { Exhaustion.end("no thread can be started (\(error)); \(advice)") }
    }

    /// Lets this thread, and those that it starts from now on, wait for others that compute, where the machine has not enough for all.
    package static func lowerPriority() {
        // Linux' priorities are those of threads.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    }

    /// Ends the program with a line and exit code 1 where fewer than so many threads can be started at once.
    package static func demand(_ count: Int) {
        guard let refusal = refusal(of: count) else { return }
        Exhaustion.end(
            "\(count) threads are needed, and the system gives \(refusal.started) (\(refusal.error)); \(advice)")
    }

    /// How many of so many threads can be started at once, and why no more; nil where all can.
    package static func refusal(of count: Int, stackSize: Int = 4 << 20) -> (started: Int, error: SystemError)? {
        let go = DispatchSemaphore(value: 0)
        var threads: [pthread_t] = []
        defer {
            for _ in threads { go.signal() }
            for thread in threads { pthread_join(thread, nil) }
        }
        for _ in 0..<count {
            do throws(SystemError) {
                threads.append(try create(stackSize: stackSize) { go.wait() })
            } catch { return (threads.count, error) }
        }
        return nil
    }

    private static let advice = "raise ulimit -u (or -v), or set threads to 1"
    /// Looks, 5 ms apart, before there is no thread: the system counts one that has ended for a moment more.
    private static let attempts = 20

    private static func create(
        stackSize: Int, _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) -> pthread_t {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        var code = EAGAIN
        for attempt in 0..<attempts where code == EAGAIN {
            if attempt > 0 { usleep(5_000) }
            code = pthread_create(
                &thread, &attributes,
                { work in
                    guard let work else { return nil }
                    Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
                    return nil
                }, work.toOpaque())
        }
        guard code == 0 else {
            work.release()
            throw SystemError(code: code)
        }
        return thread
    }

    private static func nameCurrent(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        let bytes = Array(name.utf8.prefix(15))
        _ = write(file, bytes, bytes.count)
        close(file)
    }
}
