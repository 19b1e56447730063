import Settings
import Testing

@Suite struct NearestNameTests {
    private let known = ["learningRate", "momentum", "kernel", "batchSize", "batchNorm", "relu", "elu", "selu", "p"]

    @Test(arguments: [
        ("kernle", "kernel"),
        ("momentun", "momentum"),
        ("batch_size", "batchSize"),
        ("BatchNorm", "batchNorm"),
        ("batchsizes", "batchSize"),
        ("learning-rate", "learningRate"),
        ("learning", "learningRate"),
        ("lerningrat", "learningRate"),
        ("relu6", "relu"),
        ("rlu", "relu"),
    ])
    func `slips find their name`(slip: String, name: String) {
        #expect(Setting.nearestName(to: slip, in: known) == name)
    }

    @Test(arguments: ["", "lr", "xyzzy", "kern3lle_size_of_all", "q", String(repeating: "k", count: 100_000)])
    func `nothing is near`(name: String) {
        #expect(Setting.nearestName(to: name, in: known) == nil)
    }

    @Test func `there is nothing near among none`() {
        #expect(Setting.nearestName(to: "a", in: []) == nil)
    }
}
