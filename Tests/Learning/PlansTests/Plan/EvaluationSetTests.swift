import Datasets
import PlanFixtures
import Plans
import Testing

@Suite struct EvaluationSetTests {
    private func set(
        _ origin: EvaluationSet.Origin, _ text: String = Config.blobs, _ changes: String...
    ) throws -> (set: EvaluationSet, data: LoadedData) {
        let plan = try Config.plan(text, changes).forEvaluation
        let pool = plan.workerPool()
        defer { pool.close() }
        let data = try LoadedData(plan, pool: pool)
        return (try EvaluationSet(origin, of: plan, data: data, pool: pool), data)
    }

    private func changed(_ change: String) throws -> EvaluationSet.Origin {
        .data(try Config.plan(Config.blobs, [change]).data)
    }

    @Test func `what is held out knows its places among the data`() throws {
        let (set, data) = try set(.heldOut)
        let places = try #require(set.places)
        #expect(places.count == 60)
        let whole = try Config.plan(Config.blobs, []).data.source.options
        let pool = try Config.plan(Config.blobs).workerPool()
        defer { pool.close() }
        let all = try whole.training(.standard, pool)
        for (example, place) in places.enumerated() {
            #expect(set.examples.stored(example) == all.stored(place))
        }
        #expect(data.training.count == 240)
    }

    @Test func `changed data that is made is evaluated whole`() throws {
        let (set, _) = try set(changed("data={blobs: {count: 50, seed: 9}}"))
        #expect(set.examples.count == 50)
        #expect(set.places == nil)
    }

    @Test func `a class that the run does not know is refused`() {
        #expect {
            try set(changed("data={blobs: {count: 50, classes: 5}}"))
        } throws: { error in
            "\(error)".contains("and the run knows the classes 0...2")
        }
    }

    @Test func `files for data that is made are refused with what would be right`() {
        #expect {
            try set(.files(["x.csv"]))
        } throws: { error in
            "\(error)" == "--data x.csv: the run's data (blobs) is made, not read; --set data.blobs.seed=9 makes others"
        }
    }

    @Test func `a run that holds nothing out needs other data`() {
        #expect {
            try set(.heldOut, Config.minimal())
        } throws: { error in
            "\(error)".contains("the run holds no examples out; --data says")
        }
    }

    @Test func `a run of another seed has learned from what this one holds out`() throws {
        let (set, _) = try set(.heldOut)
        let other = try Config.plan(Config.blobs, ["seed=8"]).forEvaluation
        let pool = other.workerPool()
        defer { pool.close() }
        let data = try LoadedData(other, pool: pool)
        let learned = set.learned(by: other, data: data)
        // 80 % of 60, give or take.
        #expect((36...58).contains(learned))
        #expect(set.learned(by: try Config.plan(Config.blobs).forEvaluation, data: data) == 0)
    }
}
