import Datasets
import Tensors
import Testing

/// What a set says about itself that may not be meant.
@Suite struct DatasetChecksTests {
    private func set(
        _ rows: [[Float]], classes: [Int32], count: Int, names: [String]? = nil
    ) -> Dataset {
        Dataset(
            name: "data", inputs: FloatBuffer(rows.flatMap { $0 }), inputShape: [rows[0].count],
            targets: .classes(classes, classCount: count), classNames: names)
    }

    private func set(_ rows: [[Float]], values: [Float]) -> Dataset {
        Dataset(
            name: "data", inputs: FloatBuffer(rows.flatMap { $0 }), inputShape: [rows[0].count],
            targets: .values(FloatBuffer(values), [values.count / rows.count]))
    }

    /// Numbers without a pattern, in -1...1.
    private func noise(_ index: Int, _ salt: Int = 0) -> Float {
        Float((index * 7_919 + salt * 104_729 + index * index * 31) % 2_003) / 1_001.5 - 1
    }

    @Test func `classes that never occur are named`() {
        let rows = (0..<6).map { [noise($0), noise($0, 1)] }
        #expect(set(rows, classes: [0, 1, 2, 0, 1, 2], count: 3).absentClasses(in: "training") == nil)
        #expect(
            set(rows, classes: [1, 2, 3, 4, 1, 2], count: 5).absentClasses(in: "training")?.sentence
                == "data: the labels are 1...4, class 0 never occurs; count them from 0, or one of the 5 outputs is for nothing"
        )
        #expect(
            set(rows, classes: [0, 1, 3, 0, 1, 3], count: 4).absentClasses(in: "training")?.sentence
                == "data: class 2 of 4 never occurs in training")
        #expect(
            set(rows, classes: [0, 0, 0, 0, 0, 0], count: 3, names: ["ape", "bee", "cat"])
                .absentClasses(in: "validation")?.sentence
                == "data: 2 of 3 classes never occur in validation: \"bee\", \"cat\"")
    }

    @Test func `a feature that is a copy of the class is said`() {
        let classes = (0..<60).map { Int32($0 % 3) }
        let code: [Float] = [7, -1, 30]
        func words(_ row: (Int) -> [Float]) -> [String] {
            set((0..<60).map(row), classes: classes, count: 3).copiedTargets().map(\.sentence)
        }
        let due = [
            "data: number 1 of each example says what is to be predicted, nearly without exception; is it known before the "
                + "answer is?"
        ]
        #expect(words { [self.noise($0), Float($0 % 3)] } == due)
        #expect(words { [self.noise($0), code[$0 % 3]] } == due)
        // One in sixty differs.
        #expect(words { [self.noise($0), $0 == 17 ? 7 : code[$0 % 3]] } == due)
        #expect(words { [self.noise($0), self.noise($0, 1)] } == [])
        #expect(words { [self.noise($0), Float($0 % 2)] } == [])
        // One class in nearly all examples is no copy of anything.
        let rare = set((0..<60).map { [noise($0), 0] }, classes: (0..<60).map { $0 == 5 ? 1 : 0 }, count: 2)
        #expect(rare.copiedTargets().isEmpty)
    }

    @Test func `a feature that is a copy of the number to predict is said`() {
        let values = (0..<120).map { noise($0, 5) }
        func isSaid(_ feature: (Int) -> Float) -> Bool {
            !set((0..<120).map { [noise($0), feature($0)] }, values: values).copiedTargets().isEmpty
        }
        #expect(isSaid { values[$0] } && isSaid { 32 * values[$0] - 4 })
        // One in hundred may differ.
        #expect(isSaid { $0 == 9 ? values[9] + 1 : values[$0] })
        #expect(!isSaid { $0 == 9 || $0 == 10 ? values[$0] + 1 : values[$0] })
        #expect(!isSaid { values[$0] + 0.2 * noise($0, 9) } && !isSaid { noise($0, 2) } && !isSaid { _ in 1 })
    }

    @Test func `examples that are to be predicted themselves get one line`() {
        func words(_ width: Int) -> [String] {
            let rows = (0..<20).map { row in (0..<width).map { noise(row, $0) } }
            return set(rows, values: rows.flatMap { $0 }).copiedTargets().map(\.sentence)
        }
        #expect(
            words(3) == [
                "data: 3 numbers of each example say what is to be predicted, nearly without exception (0, 1, 2); are they known "
                    + "before the answer is?"
            ])
        #expect(words(64).count == 1 && words(64)[0].contains("64 numbers of each example"))
        #expect(words(64)[0].contains("(0, 1, 2, 3, 4, 5, 6, 7, ...)"))
        // More pairs than are looked at.
        #expect(words(65) == [])
    }

    @Test func `examples of both sets are counted`() {
        let training = set(
            (0..<50).map { [noise($0), noise($0, 1)] }, classes: (0..<50).map { Int32($0 % 2) }, count: 2)
        func shared(_ rows: [[Float]]) -> String? {
            set(rows, classes: rows.map { _ in 0 }, count: 2).sharedExamples(with: training)?.sentence
        }
        #expect(shared((50..<60).map { [noise($0), noise($0, 1)] }) == nil)
        #expect(
            shared((47..<60).map { [noise($0), noise($0, 1)] })
                == "data: 3 of the 13 validation examples are also in the training set, number by number, so validation flatters"
        )
        #expect(
            shared([[noise(3), noise(3, 1)], [5, 5]])
                == "data: 1 of the 2 validation examples is also in the training set, number by number, so validation flatters"
        )
        // The same numbers at other places are another example.
        #expect(shared([[noise(3, 1), noise(3)]]) == nil)
    }
}
