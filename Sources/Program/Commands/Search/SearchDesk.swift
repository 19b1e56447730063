import Searching
import Synchronization

/// What the thread that searches and whoever watches it tell each other.
final class SearchDesk: Sendable {
    /// What is to be done with the search or one of its trials.
    enum Request: Hashable, Sendable {
        case pause(Int), resume(Int), stop(Int)
        /// Save all runs and leave.
        case leave
    }

    /// How far the search is.
    struct View: Sendable {
        var state: SearchState
        /// Where the runs stand that are alive, by trial.
        var progress: [Int: TrialProgressEvent] = [:]
        /// Counts the changes.
        var stamp = 0
        /// Why it is over; nil while it is not.
        var ending: Ending?
    }

    /// How a search ended.
    enum Ending: Hashable, Sendable {
        /// Every trial has ended.
        case done
        /// Somebody left it, to be gone on with.
        case left
        /// It cannot go on, for this reason.
        case failed(String)
    }

    private let shared: Mutex<(view: View, requests: [Request])>

    init(_ state: SearchState) { shared = Mutex((View(state: state), [])) }

    /// How far it is now.
    var view: View { shared.withLock { $0.view } }

    /// Changes what others see.
    func change(_ body: (inout View) -> Void) {
        shared.withLock { shared in
            body(&shared.view)
            shared.view.stamp += 1
        }
    }

    /// Asks for something.
    func ask(_ request: Request) { shared.withLock { $0.requests.append(request) } }

    /// Takes what was asked for.
    func takeRequests() -> [Request] {
        shared.withLock { shared in
            defer { shared.requests = [] }
            return shared.requests
        }
    }
}
