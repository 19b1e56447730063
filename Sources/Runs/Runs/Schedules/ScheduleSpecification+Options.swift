extension ScheduleSpecification.Kind {
    /// The name and the options by which configs, scripts and the journal know a kind, in the order in which they are written.
    ///
    /// - Parameters:
    ///   - number: how a number is written.
    ///   - length: how a length is.
    ///   - list: how several values are.
    package func written<Value>(
        number: (Double) -> Value, length: (ScheduleLength) -> Value, list: ([Value]) -> Value
    ) -> (name: String, options: [(String, Value)]) {
        switch self {
        case .constant: ("constant", [])
        case .step(let every, let factor): ("step", [("every", length(every)), ("factor", number(factor))])
        case .multiStep(let at, let factor):
            ("multiStep", [("at", list(at.map(length))), ("factor", number(factor))])
        case .linear(let to): ("linear", [("to", number(to))])
        case .polynomial(let to, let power): ("polynomial", [("to", number(to)), ("power", number(power))])
        case .cosine(let to): ("cosine", [("to", number(to))])
        case .cosineRestarts(let period, let growth, let to):
            ("cosineRestarts", [("period", length(period)), ("growth", number(growth)), ("to", number(to))])
        case .exponential(let factor): ("exponential", [("factor", number(factor))])
        case .inverseSquareRoot: ("inverseSquareRoot", [])
        case .oneCycle(let peak, let to, let rise):
            ("oneCycle", [("peak", number(peak)), ("to", number(to)), ("rise", number(rise))])
        }
    }
}
