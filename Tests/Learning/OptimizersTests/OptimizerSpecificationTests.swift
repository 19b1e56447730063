import Optimizers
import Testing

@Suite struct OptimizerSpecificationTests {
    @Test(arguments: everyRule)
    func `accepts what PyTorch accepts`(rule: OptimizerSpecification) {
        #expect(rule.problem == nil)
    }

    @Test(arguments: [
        (OptimizerSpecification.sgd(SGD(momentum: -0.1)), "momentum must be a finite number, at least 0"),
        (.sgd(SGD(nesterov: true)), "nesterov needs a momentum above 0 and a dampening of 0"),
        (
            .sgd(SGD(momentum: 0.9, dampening: 0.1, nesterov: true)),
            "nesterov needs a momentum above 0 and a dampening of 0"
        ),
        (.sgd(SGD(weightDecay: .infinity)), "weightDecay must be a finite number, at least 0"),
        (.adam(Adam(beta1: 1)), "beta1 must be at least 0 and below 1"),
        (.adamW(AdamW(beta2: .nan)), "beta2 must be at least 0 and below 1"),
        (.rmsprop(RMSprop(epsilon: -1)), "epsilon must be a finite number, at least 0"),
        (.adagrad(Adagrad(learningRateDecay: -1)), "learningRateDecay must be a finite number, at least 0"),
    ])
    func `says what is wrong`(rule: OptimizerSpecification, problem: String) {
        #expect(rule.problem == problem)
    }
}
