/// Something that can be watched: a run in this process, one behind a socket, or a recorded one.
package protocol RunFeed: Sendable {
    /// What happened since the cursor; nil where nothing did.
    func changes(since cursor: RunCursor) -> RunChanges?
}

/// Something that can be steered.
package protocol RunControl: Sendable {
    /// Puts a command into the run's mailbox. The answer arrives as a receipt among the feed's events.
    func send(_ command: RunCommand, from author: Author)
}
