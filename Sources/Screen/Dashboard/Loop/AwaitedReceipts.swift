import Runs

/// The commands of the person at the keys that have no receipt yet.
struct AwaitedReceipts: Hashable, Sendable {
    private var count = 0
    private var sentAt = -Double.infinity

    /// Takes in that so many commands were sent.
    mutating func add(_ sent: Int, at now: Double) {
        guard sent > 0 else { return }
        count += sent
        sentAt = now
    }

    /// Takes in what happened in the run.
    mutating func take(_ events: [RunEvent]) {
        count = max(0, count - events.count(where: \.isReceiptOfPerson))
    }

    /// Whether a receipt is due; one that does not come is given up after so many seconds.
    func isWaiting(at now: Double, for seconds: Double) -> Bool { count > 0 && now - sentAt < seconds }
}

extension RunEvent {
    /// Whether it answers a person's command.
    package var isReceiptOfPerson: Bool {
        if case .receipt(let receipt) = content { receipt.author == .person } else { false }
    }
}
