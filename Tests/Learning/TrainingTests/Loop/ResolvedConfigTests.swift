import PlanFixtures
import Testing

/// A resolved config is the whole of a run.
@Suite struct ResolvedConfigTests {
    @Test func `the resolved config trains the same run`() throws {
        let run = try Run.finish(Config.pictures, "name=run")
        let again = try Run.finish(run.material.resolvedConfig.pretty)
        #expect(again.finalBits == run.finalBits)
        #expect(again.log == run.log)
        #expect(again.material.resolvedConfig.pretty == run.material.resolvedConfig.pretty)
    }
}
