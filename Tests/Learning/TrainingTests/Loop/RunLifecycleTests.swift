import Plans
import Runs
import Testing
import Training

/// The course of a run as diagrams: what is done, and what is due after it.
@Suite struct RunLifecycleTests {
    /// A machine with the updates made, driven as the trainer drives it.
    private struct Machine {
        var lifecycle: RunLifecycle
        var step: Int

        /// 6 updates, 3 an epoch.
        init(
            _ step: Int = 0, validation: Bool = true, steered: Bool = true, onNotFinite: NotFinitePlan = .stop(.init()),
            keepsBest: Bool = false, standing: RunLifecycle.Standing = .init()
        ) {
            lifecycle = RunLifecycle(
                limits: .init(
                    totalSteps: 6, epochs: EpochCourse(examples: 3, batchSize: 1), hasValidation: validation,
                    canSteer: steered,
                    onNotFinite: onNotFinite, keepsBest: keepsBest),
                standing: standing)
            self.step = step
        }

        /// What is due after each event.
        mutating func after(_ events: RunLifecycle.Event...) -> [RunLifecycle.Action] {
            events.map { event in
                if case .trained = event { step += 1 }
                return lifecycle.handle(event, at: step)
            }
        }

        mutating func accept(_ commands: RunCommand..., from author: Author = .person) {
            for command in commands { lifecycle.accept(command, from: author) }
        }
    }

    @Test func `an epoch is updates then an evaluation then a snapshot`() {
        var run = Machine()
        #expect(
            run.after(
                .begun, .commandsTaken, .trained(isFinite: true), .commandsTaken, .trained(isFinite: true),
                .commandsTaken, .trained(isFinite: true))
                == [.takeCommands, .train, .takeCommands, .train, .takeCommands, .train, .beginEvaluation])
        #expect(
            run.after(
                .evaluationBegun, .batchEvaluated(isLast: false), .batchEvaluated(isLast: true),
                .concluded(hasBest: true), .lastKept)
                == [.evaluateBatch, .evaluateBatch, .conclude(isPlanned: true), .keepLast, .takeCommands])
    }

    @Test func `evaluations every so many updates come beside the ends of epochs`() {
        var run = Machine()
        run.lifecycle.limits.evaluationInterval = 2
        #expect(
            run.after(.begun, .commandsTaken, .trained(isFinite: true), .commandsTaken, .trained(isFinite: true))
                == [.takeCommands, .train, .takeCommands, .train, .beginEvaluation])
        #expect(
            run.after(
                .evaluationBegun, .batchEvaluated(isLast: true), .concluded(hasBest: true), .commandsTaken,
                .trained(isFinite: true), .lastKept)
                == [.evaluateBatch, .conclude(isPlanned: true), .takeCommands, .train, .keepLast, .takeCommands])
    }

    @Test func `trouble that waits for somebody is dealt with once nobody is left`() {
        let courses: [(NotFinitePlan, RunLifecycle.Action, RunLifecycle.Action)] = [
            (.stop(.init()), .close, .finish(.notFinite, .best)), (.rewind(.init()), .goBack, .takeCommands),
        ]
        for (plan, first, second) in courses {
            var run = Machine(1, onNotFinite: plan)
            #expect(
                run.after(.begun, .commandsTaken, .trained(isFinite: false), .commandsTaken, .waited)
                    == [.takeCommands, .train, .takeCommands, .standStill(.notFinite), .takeCommands])
            run.lifecycle.limits.canSteer = false
            run.lifecycle.leaveAlone()
            #expect(run.after(.commandsTaken) == [first])
            #expect(run.after(first == .goBack ? .wentBack(isDone: true) : .closed(hasBest: true)) == [second])
            #expect(run.lifecycle.pauseReason == nil)
        }
    }

    @Test func `a pause that somebody asked for stays when nobody is left`() {
        var run = Machine(1)
        run.accept(.pause)
        run.lifecycle.limits.canSteer = false
        run.lifecycle.leaveAlone()
        #expect(run.after(.begun, .commandsTaken) == [.takeCommands, .standStill(.asked)])
    }

    @Test func `after the last update the run ends`() {
        var run = Machine(5)
        #expect(
            run.after(
                .begun, .commandsTaken, .trained(isFinite: true), .evaluationBegun, .batchEvaluated(isLast: true),
                .concluded(hasBest: true), .closed(hasBest: true))
                == [
                    .takeCommands, .train, .beginEvaluation, .evaluateBatch, .conclude(isPlanned: true), .close,
                    .finish(.completed, .last),
                ])
        #expect(run.lifecycle.isEnding)
    }

    @Test func `without validation an epoch ends with a snapshot`() {
        var run = Machine(2, validation: false)
        #expect(
            run.after(.begun, .commandsTaken, .trained(isFinite: true), .lastKept)
                == [.takeCommands, .train, .keepLast, .takeCommands])
    }

    @Test func `a pause stands still until it is resumed`() {
        var run = Machine()
        _ = run.after(.begun)
        run.accept(.pause)
        #expect(
            run.after(.commandsTaken, .waited, .commandsTaken)
                == [.standStill(.asked), .takeCommands, .standStill(.asked)])
        _ = run.after(.waited)
        run.accept(.resume)
        #expect(run.after(.commandsTaken) == [.train])
    }

    @Test func `single steps are made while paused`() {
        var run = Machine()
        _ = run.after(.begun)
        run.accept(.pause, .step(2))
        #expect(
            run.after(
                .commandsTaken, .trained(isFinite: true), .commandsTaken, .trained(isFinite: true), .commandsTaken)
                == [.train, .takeCommands, .train, .takeCommands, .standStill(.asked)])
    }

    @Test func `a run paused after its last update waits`() {
        var run = Machine(5, validation: false)
        _ = run.after(.begun)
        run.accept(.pause, .step(1))
        #expect(
            run.after(.commandsTaken, .trained(isFinite: true), .commandsTaken, .waited)
                == [.train, .takeCommands, .standStill(.asked), .takeCommands])
        run.accept(.resume)
        #expect(run.after(.commandsTaken, .closed(hasBest: false)) == [.close, .finish(.completed, .last)])
    }

    @Test func `an evaluation that is asked for comes first`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.evaluate)
        #expect(run.lifecycle.isEvaluationAsked)
        #expect(run.after(.commandsTaken, .evaluationBegun) == [.beginEvaluation, .evaluateBatch])
        #expect(run.lifecycle.isEvaluating && !run.lifecycle.isEvaluationAsked)
        #expect(
            run.after(.batchEvaluated(isLast: true), .concluded(hasBest: true), .commandsTaken)
                == [.conclude(isPlanned: false), .takeCommands, .train])
        #expect(!run.lifecycle.isEvaluating)
    }

    @Test func `a pause in the middle of an evaluation halts it`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.evaluate)
        _ = run.after(.commandsTaken, .evaluationBegun)
        run.accept(.pause)
        #expect(run.after(.batchEvaluated(isLast: false), .waited) == [.standStill(.asked), .standStill(.asked)])
        run.accept(.resume)
        #expect(run.after(.waited, .batchEvaluated(isLast: true)) == [.evaluateBatch, .conclude(isPlanned: false)])
    }

    @Test func `asked for while paused an evaluation runs and the pause goes on`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.pause, .evaluate)
        #expect(
            run.after(
                .commandsTaken, .evaluationBegun, .batchEvaluated(isLast: false), .batchEvaluated(isLast: true),
                .concluded(hasBest: true), .commandsTaken)
                == [
                    .beginEvaluation, .evaluateBatch, .evaluateBatch, .conclude(isPlanned: false), .takeCommands,
                    .standStill(.asked),
                ])
    }

    @Test(arguments: [KeptWeights.best, .last])
    func `a stop ends with the weights it names`(kept: KeptWeights) {
        var run = Machine(4)
        _ = run.after(.begun)
        run.accept(.stop(keep: kept))
        #expect(run.after(.commandsTaken, .closed(hasBest: true)) == [.close, .finish(.stopped, kept)])
    }

    @Test func `a stop in the middle of an evaluation breaks it off`() {
        var run = Machine(2)
        _ = run.after(.begun, .commandsTaken, .trained(isFinite: true), .evaluationBegun)
        run.accept(.stop(keep: .last))
        #expect(
            run.after(.batchEvaluated(isLast: false), .closed(hasBest: false)) == [.close, .finish(.stopped, .last)])
    }

    @Test func `keeping a best that is not there evaluates first`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.pause, .stop(keep: .best))
        #expect(
            run.after(
                .commandsTaken, .closed(hasBest: false), .evaluationBegun, .batchEvaluated(isLast: true),
                .concluded(hasBest: true))
                == [
                    .close, .beginEvaluation, .evaluateBatch, .conclude(isPlanned: false), .finish(.stopped, .best),
                ])
        var blind = Machine(1, validation: false)
        _ = blind.after(.begun)
        blind.accept(.stop(keep: .best))
        #expect(blind.after(.commandsTaken, .closed(hasBest: false)) == [.close, .finish(.stopped, .last)])
    }

    @Test func `an interrupt breaks a last evaluation off`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.stop(keep: .best))
        _ = run.after(.commandsTaken, .closed(hasBest: false), .evaluationBegun)
        run.lifecycle.interrupt()
        #expect(run.after(.batchEvaluated(isLast: false)) == [.finish(.stopped, .last)])
    }

    @Test func `an interrupt ends a pause and an evaluation that was promised`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.pause, .evaluate)
        run.lifecycle.interrupt()
        #expect(run.after(.commandsTaken, .closed(hasBest: true)) == [.close, .finish(.interrupted, .last)])
        #expect(!run.lifecycle.isEvaluationAsked, "what comes in later is answered")
    }

    @Test func `early stopping ends with the best`() {
        var run = Machine(2, keepsBest: true)
        _ = run.after(
            .begun, .commandsTaken, .trained(isFinite: true), .evaluationBegun, .batchEvaluated(isLast: true))
        run.accept(.stop(keep: .best), from: .policy(EarlyStoppingPolicy.name))
        #expect(
            run.after(.concluded(hasBest: true), .closed(hasBest: true)) == [.close, .finish(.earlyStopping, .best)])
    }

    @Test func `a loss that is no number pauses where somebody steers`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.pause, .step(3))
        #expect(
            run.after(.commandsTaken, .trained(isFinite: false), .commandsTaken)
                == [.train, .takeCommands, .standStill(.notFinite)])
        var alone = Machine(1, steered: false)
        #expect(
            alone.after(.begun, .commandsTaken, .trained(isFinite: false), .closed(hasBest: true))
                == [.takeCommands, .train, .close, .finish(.notFinite, .best)])
    }

    @Test func `at the end of an epoch a loss that is no number is still evaluated`() {
        var run = Machine(2)
        #expect(
            run.after(
                .begun, .commandsTaken, .trained(isFinite: false), .evaluationBegun, .batchEvaluated(isLast: true),
                .concluded(hasBest: true), .lastKept, .commandsTaken)
                == [
                    .takeCommands, .train, .beginEvaluation, .evaluateBatch, .conclude(isPlanned: true), .keepLast,
                    .takeCommands, .standStill(.notFinite),
                ])
    }

    @Test func `so many bad updates are left out and the next one ends the run`() {
        var run = Machine(0, validation: false, steered: false, onNotFinite: .skip(.init(count: 2)))
        #expect(
            run.after(
                .begun, .commandsTaken, .trained(isFinite: false), .commandsTaken, .trained(isFinite: true),
                .commandsTaken, .trained(isFinite: false), .lastKept, .commandsTaken, .trained(isFinite: false),
                .closed(hasBest: false))
                == [
                    .takeCommands, .train, .takeCommands, .train, .takeCommands, .train, .keepLast, .takeCommands,
                    .train,
                    .close, .finish(.notFinite, .last),
                ])
    }

    @Test func `a rewind goes back and then on where there is something to go back to`() {
        var run = Machine(0, steered: false, onNotFinite: .rewind(.init()))
        #expect(
            run.after(.begun, .commandsTaken, .trained(isFinite: false), .wentBack(isDone: true), .commandsTaken)
                == [.takeCommands, .train, .goBack, .takeCommands, .train])
        #expect(
            run.after(.trained(isFinite: false), .wentBack(isDone: false), .closed(hasBest: false))
                == [.goBack, .close, .finish(.notFinite, .last)])
    }

    @Test func `a rewind at the end of an epoch is before its evaluation`() {
        var run = Machine(2, steered: false, onNotFinite: .rewind(.init()))
        #expect(
            run.after(.begun, .commandsTaken, .trained(isFinite: false), .wentBack(isDone: true))
                == [.takeCommands, .train, .goBack, .beginEvaluation])
    }

    @Test func `a loss that has run away is gone back from where that was asked for and nobody steers`() {
        let ruined = RunLifecycle.Event.trained(isFinite: true, isRuined: true)
        var run = Machine(0, steered: false, onNotFinite: .rewind(.init()))
        #expect(
            run.after(.begun, .commandsTaken, ruined, .wentBack(isDone: true)).suffix(2) == [.goBack, .takeCommands])
        for plan in [NotFinitePlan.stop(.init()), .skip(.init(count: 1))] {
            var other = Machine(0, steered: false, onNotFinite: plan)
            #expect(other.after(.begun, .commandsTaken, ruined).last == .takeCommands)
        }
        var steered = Machine(0, steered: true, onNotFinite: .rewind(.init()))
        #expect(steered.after(.begun, .commandsTaken, ruined).last == .takeCommands)
    }

    @Test func `a run that is ruined by its last step ends as one`() {
        var run = Machine(0, validation: false, steered: false, onNotFinite: .rewind(.init()))
        run.lifecycle.limits.totalSteps = 1
        run.lifecycle.limits.epochs = EpochCourse(examples: 1, batchSize: 1)
        #expect(
            run.after(
                .begun, .commandsTaken, .trained(isFinite: true, isRuined: true), .wentBack(isDone: true),
                .closed(hasBest: false)) == [.takeCommands, .train, .goBack, .close, .finish(.notFinite, .last)])
    }

    @Test func `a run that goes back again and again ends`() {
        var run = Machine(0, validation: false, steered: false, onNotFinite: .rewind(.init()))
        run.lifecycle.limits.totalSteps = 100
        run.lifecycle.limits.epochs = EpochCourse(examples: 100, batchSize: 1)
        _ = run.after(.begun)
        for _ in 0..<20 {
            #expect(run.after(.commandsTaken, .trained(isFinite: false)) == [.train, .goBack])
            #expect(run.after(.wentBack(isDone: true)) == [.takeCommands])
        }
        #expect(run.after(.commandsTaken, .trained(isFinite: false)) == [.train, .close])
    }

    @Test(arguments: [NotFinitePlan.stop(.init()), .skip(.init(count: 1)), .rewind(.init())])
    func `an evaluation that is not finite is trouble as a step is`(plan: NotFinitePlan) {
        var run = Machine(2, steered: false, onNotFinite: plan)
        let actions = run.after(
            .begun, .commandsTaken, .trained(isFinite: true), .evaluationBegun, .batchEvaluated(isLast: true),
            .concluded(hasBest: false, isFinite: false))
        switch plan {
        case .stop: #expect(actions.last == .close)
        case .skip: #expect(actions.last == .keepLast)
        case .rewind:
            #expect(actions.last == .goBack)
            #expect(run.after(.wentBack(isDone: true)) == [.keepLast])
        }
    }

    @Test func `somebody at the keys is asked about such evaluations once`() {
        var run = Machine(1)
        _ = run.after(.begun)
        run.accept(.evaluate)
        _ = run.after(.commandsTaken, .evaluationBegun, .batchEvaluated(isLast: true))
        #expect(
            run.after(.concluded(hasBest: false, isFinite: false), .commandsTaken)
                == [.takeCommands, .standStill(.validationNotFinite)])
        run.accept(.resume, .evaluate)
        _ = run.after(.waited, .commandsTaken, .evaluationBegun, .batchEvaluated(isLast: true))
        #expect(
            run.after(.concluded(hasBest: false, isFinite: false), .commandsTaken) == [.takeCommands, .train])
    }

    @Test func `a plan with early stopping ends with its best`() {
        for (hasBest, kept) in [(true, KeptWeights.best), (false, .last)] {
            var run = Machine(5, validation: false, steered: false, keepsBest: true)
            #expect(
                run.after(.begun, .commandsTaken, .trained(isFinite: true), .closed(hasBest: hasBest))
                    == [.takeCommands, .train, .close, .finish(.completed, kept)])
        }
    }

    @Test func `a run that ended for its numbers is not evaluated any more`() {
        var run = Machine(1, steered: false)
        #expect(
            run.after(.begun, .commandsTaken, .trained(isFinite: false), .closed(hasBest: false))
                == [.takeCommands, .train, .close, .finish(.notFinite, .last)])
    }

    @Test func `what stood at a boundary goes on there`() {
        var run = Machine()
        _ = run.after(.begun)
        run.accept(.pause, .step(2), .evaluate)
        var again = Machine(standing: run.lifecycle.standing)
        #expect(
            again.after(
                .begun, .commandsTaken, .evaluationBegun, .batchEvaluated(isLast: true), .concluded(hasBest: true),
                .commandsTaken, .trained(isFinite: true), .commandsTaken, .trained(isFinite: true), .commandsTaken)
                == [
                    .takeCommands, .beginEvaluation, .evaluateBatch, .conclude(isPlanned: false), .takeCommands, .train,
                    .takeCommands, .train, .takeCommands, .standStill(.asked),
                ])
    }
}
