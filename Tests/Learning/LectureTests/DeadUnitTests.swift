import Testing

@Suite("ReLU units die")
struct DeadUnitTests {
    @Test
    func `of a rate far too high, and stay dead`() throws {
        let lecture = try Lecture("dead-relu-rate", "data.digits=1000", "epochs=4")
        #expect(lecture.first[1].neverFired < 0.3)
        #expect(lecture.last[1].neverFired > 0.6)
        let calm = try Lecture("dead-relu-rate", "data.digits=1000", "epochs=4", "optimizer.sgd=0.05")
        #expect(calm.last[1].neverFired < 0.3)
    }

    @Test
    func `of big negative biases, where leaky ones do not`() throws {
        let dead = try Lecture("dead-relu-bias", "data.digits=1000", "epochs=3")
        #expect(dead.first[0].neverFired > 0.9)
        #expect(dead.first[0].gradientNorm == 0)
        #expect(abs(dead.lastLoss - 2.303) < 0.03)
        let leaky = try Lecture("leaky-relu-bias", "data.digits=1000", "epochs=10")
        #expect(leaky.first[0].gradientNorm > 0)
        #expect(leaky.lastLoss < dead.lastLoss - 0.3)
    }
}
