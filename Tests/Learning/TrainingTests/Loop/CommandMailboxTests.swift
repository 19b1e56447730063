import Runs
import Testing
import Training

/// The mailbox that everybody's commands pass, a script's too.
@Suite struct CommandMailboxTests {
    private func script(_ entries: (Int, RunCommand)...) -> [ScriptedCommand] { Run.scripted(entries) }

    @Test func `a scripts commands come out when they are due`() {
        let mailbox = CommandMailbox()
        mailbox.schedule(script((5, .pause), (2, .evaluate), (5, .resume)))
        #expect(mailbox.nextScripted(at: Position(step: 1)) == nil)
        #expect(mailbox.nextScripted(at: Position(step: 2))?.command == .evaluate)
        #expect(mailbox.nextScripted(at: Position(step: 4)) == nil)
        #expect(mailbox.nextScripted(at: Position(step: 6)) == .init(command: .pause, author: .script, step: 5))
        #expect(mailbox.takeScripted().map(\.command) == [.resume])
        #expect(mailbox.nextScripted(at: Position(step: Int.max)) == nil)
    }

    @Test func `what comes in is due at once and in order`() {
        let mailbox = CommandMailbox()
        #expect(mailbox.nextArrived() == nil)
        mailbox.schedule(script((3, .pause)))
        mailbox.send(.evaluate, from: .person)
        mailbox.send(.resume, from: .policy("plateau"))
        #expect(mailbox.waiting.map(\.command) == [.pause, .evaluate, .resume])
        #expect(mailbox.nextArrived() == .init(command: .evaluate, author: .person))
        #expect(mailbox.nextArrived()?.author == .policy("plateau"))
        #expect(mailbox.nextArrived() == nil)
        #expect(mailbox.waiting.map(\.step) == [3])
    }

    @Test func `what waits can be put into another mailbox`() {
        let (one, other) = (CommandMailbox(), CommandMailbox())
        one.schedule(script((3, .pause), (3, .step(1)), (1, .resume)))
        one.send(.evaluate, from: .person)
        other.put(one.waiting)
        #expect(other.waiting == one.waiting)
        #expect(other.nextScripted(at: Position(step: 1))?.command == .resume)
        #expect(other.nextArrived()?.command == .evaluate)
    }
}
