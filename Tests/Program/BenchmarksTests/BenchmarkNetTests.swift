import Benchmarks
import Commands
import Testing

@Suite struct BenchmarkNetTests {
    @Test func `there are three`() { #expect(BenchmarkNet.all.map(\.name) == ["demo", "mlp", "1 ms steps"]) }

    @Test(arguments: BenchmarkNet.all.map(\.name))
    func `every net is a plan`(name: String) throws {
        let net = try #require(BenchmarkNet.all.first { $0.name == name })
        #expect(try net.plan.epochs >= 100_000)
    }

    @Test func `the demos net is the demos`() throws {
        let demo = try ConfigFile.plan(nil, changes: [])
        let net = try BenchmarkNet.all[0].plan
        #expect(net.model == demo.model)
        #expect(net.batchSize == demo.batchSize)
    }
}
