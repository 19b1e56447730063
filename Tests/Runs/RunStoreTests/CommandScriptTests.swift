import RunStore
import Runs
import Settings
import TestSupport
import Testing

@Suite struct CommandScriptTests {
    private func parse(_ text: String) throws -> [ScriptedCommand] {
        try CommandScript.parse(Array(text.utf8), file: "script")
    }

    static let commands: [(String, Int, RunCommand)] = [
        (#"{"step":100,"setLearningRate":0.01}"#, 100, .setLearningRate(0.01)),
        (#"{"step":5,"scaleLearningRate":0.5}"#, 5, .scaleLearningRate(0.5)),
        (#"{"step":7,"followSchedule":{}}"#, 7, .followSchedule),
        (#"{"step":7,"followSchedule":true}"#, 7, .followSchedule),
        (#"{"step":7,"setSchedule":"planned"}"#, 7, .setSchedule(ScheduleChange())),
        (
            #"{"step":7,"setSchedule":{"planned":{"scale":0.5,"floor":1e-4}}}"#, 7,
            .setSchedule(ScheduleChange(scale: 0.5, floor: 1e-4))
        ),
        (
            #"{"at":7,"setSchedule":{"cosine":{"to":0.001,"rate":0.05,"length":{"epochs":3},"warmup":20}}}"#, 7,
            .setSchedule(
                ScheduleChange(
                    kind: Schedule.Cosine(to: 0.001), rate: 0.05, warmup: .steps(20), length: .epochs(3)))
        ),
        (
            #"{"step":7,"setSchedule":{"step":100}}"#, 7,
            .setSchedule(ScheduleChange(kind: Schedule.Step(every: .steps(100), factor: 0.1)))
        ),
        (#"{"step":3,"rescaleSchedule":0.02}"#, 3, .rescaleSchedule(0.02)),
        (#"{"step":3,"holdLearningRate":0.5}"#, 3, .holdLearningRate(0.5)),
        (#"{"step":3,"undo":true}"#, 3, .undo),
        (#"{"step":3,"restore":true}"#, 3, .restore(Restoration())),
        (#"{"step":3,"restore":"best"}"#, 3, .restore(Restoration(from: .best))),
        (#"{"step":3,"restore":{"scale":0.25}}"#, 3, .restore(Restoration(scale: 0.25))),
        (#"{"step":3,"setWeightDecay":1e-3}"#, 3, .setWeightDecay(1e-3)),
        (#"{"step":3,"setMomentum":0.95}"#, 3, .setMomentum(0.95)),
        (#"{"step":3,"setBeta1":0.95}"#, 3, .setBeta1(0.95)),
        (#"{"step":3,"setGradientClipping":1}"#, 3, .setGradientClipping(1)),
        (#"{"step":3,"setDropout":0.3}"#, 3, .setDropout(DropoutChange(p: 0.3))),
        (#"{"step":3,"setDropout":{"p":0.3,"layer":"4"}}"#, 3, .setDropout(DropoutChange(p: 0.3, layer: "4"))),
        (#"{"step":3,"setPatience":9}"#, 3, .setPatience(9)),
        (#"{"step":3,"freeze":"3.body.0"}"#, 3, .freeze("3.body.0")),
        (#"{"step":3,"freeze":0}"#, 3, .freeze("0")),
        (#"{"step":3,"unfreeze":"0"}"#, 3, .unfreeze("0")),
        (#"{"step":3,"reinitialize":"0"}"#, 3, .reinitialize("0")),
        (#"{"step":3,"reinitializeDeadUnits":0}"#, 3, .reinitializeDeadUnits("0")),
        (#"{"step":3,"clearOptimizerState":true}"#, 3, .clearOptimizerState),
        (#"{"step":3,"setEvaluationInterval":200}"#, 3, .setEvaluationInterval(200)),
        (#"{"step":3,"setEvaluationInterval":0}"#, 3, .setEvaluationInterval(0)),
        (#"{"step":3,"setEvaluationInterval":"epoch"}"#, 3, .setEvaluationInterval(0)),
        (#"{"step":3,"setEpochs":20}"#, 3, .setEpochs(20)),
        (#"{"step":3,"setBatchSize":128}"#, 3, .setBatchSize(128)),
        (#"{"step":0,"pause":true}"#, 0, .pause),
        (#"{"resume":{},"step":8}"#, 8, .resume),
        (#"{"step":100,"steps":20}"#, 100, .step(20)),
        (#"{"at":100,"step":20}"#, 100, .step(20)),
        (#"{"step":20,"at":100}"#, 100, .step(20)),
        (#"{"at":100,"steps":20}"#, 100, .step(20)),
        (#"{"at":9,"evaluate":true}"#, 9, .evaluate),
        (#"{"step":9,"stop":{"keep":"best"}}"#, 9, .stop(keep: .best)),
        (#"{"step":9,"stop":{"keep":"last"}}"#, 9, .stop(keep: .last)),
        (#"{"step":9,"stop":"last"}"#, 9, .stop(keep: .last)),
        (#"{"step":9,"stop":true}"#, 9, .stop(keep: .best)),
        (#"{step: 1e3, setLearningRate: +.5, /* half */}"#, 1000, .setLearningRate(0.5)),
    ]

    @Test(arguments: commands)
    func `a line is a position and a command`(_ line: String, step: Int, command: RunCommand) throws {
        #expect(try parse(line) == [ScriptedCommand(step: step, command: command, place: "script:1:1")])
    }

    @Test(
        arguments: [
            ("0", 0.0), ("-1", -1), ("2e6", 2e6), ("Infinity", .infinity), ("-Infinity", -.infinity),
            ("+Infinity", .infinity), ("1e999", .infinity), ("\"Infinity\"", .infinity), ("\"-Infinity\"", -.infinity),
        ])
    func `numbers that a run refuses are read`(_ text: String, value: Double) throws {
        #expect(try parse("{\"step\":1,\"setLearningRate\":\(text)}").map(\.command) == [.setLearningRate(value)])
        #expect(try parse("{\"step\":1,\"scaleLearningRate\":\(text)}").map(\.command) == [.scaleLearningRate(value)])
    }

    @Test(arguments: ["NaN", "-NaN", "\"NaN\""])
    func `NaN is read, so that the run can refuse it`(_ text: String) throws {
        guard case .setLearningRate(let rate) = try parse("{\"step\":1,\"setLearningRate\":\(text)}")[0].command else {
            Issue.record("not a command about the rate")
            return
        }
        #expect(rate.isNaN)
    }

    @Test
    func `numbers of steps that a run refuses are read`() throws {
        #expect(try parse("{at:1,step:0}\n{at:1,step:-4}").map(\.command) == [.step(0), .step(-4)])
    }

    @Test
    func `blank lines and comments are fine, and lines are put in the order of their steps`() throws {
        let script = try parse(
            "// warm up\n{step:9,pause:true}\n\n{step:3,evaluate:true} // early\n{step:9,resume:true}\n")
        #expect(script.map(\.step) == [3, 9, 9])
        #expect(script.map(\.command) == [.evaluate, .pause, .resume])
        #expect(script.map(\.place) == ["script:4:1", "script:2:1", "script:5:1"])
    }

    @Test
    func `an empty file asks for nothing`() throws {
        #expect(try parse("").isEmpty)
        #expect(try parse("\n// nothing\n").isEmpty)
    }

    static let errors: [(String, String)] = [
        ("{step:1,pase:true}", "script:1:9: pase: unknown key; did you mean \"pause\"?"),
        (
            "{step:1,pause:true,resume:true}",
            "script:1:20: resume: a second command beside \"pause\"; write each on a line of its own"
        ),
        (
            "{step:1,at:2,pause:true}",
            "script:1:14: pause: a second command beside \"step\"; write each on a line of its own"
        ),
        (
            "{step:5}",
            "script:1:1: the command is missing, as in {\"step\":5,\"pause\":true}; for single steps write \"steps\""
        ),
        (
            "{pause:true}",
            "script:1:1: the position is missing; write \"step\", as in {\"step\":100,\"pause\":true}"
        ),
        ("{step:-1,pause:true}", "script:1:7: step: a whole number of at least 0 is due here, not -1"),
        ("{step:1.5,pause:true}", "script:1:7: step: a whole number of at least 0 is due here, not 1.5"),
        ("{step:NaN,pause:true}", "script:1:7: step: a whole number of at least 0 is due here, not NaN"),
        ("\n{at:1,step:0.5}", "script:2:12: step: a whole number is due here, not 0.5"),
        ("{step:1,pause:false}", "script:1:15: pause: true or {} is due here"),
        ("{step:1,pause:null}", "script:1:15: pause: true or {} is due here"),
        (
            "{step:1,setLearningRate:\"fast\"}",
            "script:1:25: setLearningRate: a number is due here, not the string \"fast\""
        ),
        ("{step:1,stop:{keep:\"bets\"}}", "script:1:20: stop.keep: unknown name \"bets\"; did you mean \"best\"?"),
        (
            "{step:1,stop:null}",
            "script:1:14: stop: { \"keep\": \"best\" } or { \"keep\": \"last\" } is due here"
        ),
        (
            "{step:1,setSchedule:{cosin:{}}}",
            "script:1:22: setSchedule.cosin: unknown name; did you mean \"cosine\"?"
        ),
        ("{step:1,setSchedule:\"step\"}", "script:1:21: setSchedule: step needs every"),
        (
            "{step:1,setSchedule:{cosine:{too:0}}}",
            "script:1:30: setSchedule.cosine.too: unknown key; did you mean \"to\"?"
        ),
        ("[1]", "script:1:1: an object is due here, not a list of 1"),
    ]

    @Test(arguments: errors)
    func `what is wrong is said with its place`(_ text: String, message: String) {
        let error = #expect(throws: SettingsError.self) { try parse(text) }
        #expect(error?.description == message)
    }

    @Test
    func `no mutation of a script crashes its reader`() {
        var mutations = Mutations(of: Self.commands.map(\.0).joined(separator: "\n"), seed: 7)
        for _ in 0..<2000 {
            do throws(SettingsError) {
                let script = try CommandScript.parse(mutations.next(), file: "script")
                #expect(script.allSatisfy { $0.step >= 0 })
            } catch {
                #expect(error.place.line >= 1 && !error.description.contains("\n"))
            }
        }
    }
}
