import Foundation
import Glibc
import Machine

/// What threads have had of the processor, as `/proc` says.
enum ThreadTimes {
    /// Seconds of all threads of a process that are alive.
    /// - Parameter name: of the threads with this name alone; nil of all.
    static func seconds(of process: Int32 = getpid(), named name: String? = nil) -> Double {
        let tasks = "/proc/\(process)/task"
        return ((try? Folder.names(in: tasks)) ?? []).reduce(0) { sum, task in
            func text(_ file: String) -> String {
                (try? String(contentsOfFile: "\(tasks)/\(task)/\(file)", encoding: .utf8)) ?? ""
            }
            if let name, text("comm").split(separator: "\n").first.map(String.init) != name { return sum }
            return sum + (text("schedstat").split(separator: " ").first.flatMap { Double($0) } ?? 0) / 1e9
        }
    }
}
