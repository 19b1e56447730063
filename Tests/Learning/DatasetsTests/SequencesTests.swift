import Datasets
import Foundation
import Testing

@Suite struct SequencesTests {
    private func rows(_ dataset: Dataset) -> [[Float]] {
        let length = dataset.inputShape.count
        return (0..<dataset.count).map { row in (0..<length).map { dataset.inputs.pointer[row * length + $0] } }
    }

    @Test(arguments: BuiltInData.SequenceKind.allCases)
    func `sequences depend on seed and place alone`(kind: BuiltInData.SequenceKind) {
        let few = BuiltInData.sequences(kind, length: 7, count: 5, seed: 1)
        let many = BuiltInData.sequences(kind, length: 7, count: 20, seed: 1)
        #expect(few.inputShape == [7, kind.featureCount])
        #expect(rows(few) == Array(rows(many).prefix(5)))
        #expect(few.classes == Array(many.classes.prefix(5)) && few.values == Array(many.values.prefix(5)))
        #expect(rows(BuiltInData.sequences(kind, length: 7, count: 5, seed: 2)) != rows(few))
        #expect(few.classCount == kind.classCount)
    }

    @Test func `parity and majority count ones`() {
        for (row, label) in zip(rows(BuiltInData.sequences(.parity, length: 9, count: 50, seed: 1)), 0...) {
            let ones = row.reduce(0, +)
            let parity = BuiltInData.sequences(.parity, length: 9, count: 50, seed: 1).classes[label]
            #expect(parity == Int32(ones) % 2)
        }
        let majority = BuiltInData.sequences(.majority, length: 4, count: 50, seed: 1)
        for (row, label) in zip(rows(majority), majority.classes) { #expect(label == (row.reduce(0, +) > 2 ? 1 : 0)) }
    }

    @Test func `copy hides its symbol in the first step`() {
        let copy = BuiltInData.sequences(.copy, length: 5, count: 200, seed: 1)
        for (row, label) in zip(rows(copy), copy.classes) { #expect(row[..<8].firstIndex(of: 1) == Int(label)) }
        #expect(Set(copy.classes).count == 8)
    }

    @Test func `adding sums the marked numbers`() {
        let adding = BuiltInData.sequences(.adding, length: 6, count: 100, seed: 1)
        for (row, sum) in zip(rows(adding), adding.values) {
            let marked = (0..<6).filter { row[2 * $0 + 1] == 1 }
            #expect(marked.count == 2 && marked[0] < 3 && marked[1] >= 3)
            #expect(row[2 * marked[0]] + row[2 * marked[1]] == sum)
        }
    }

    /// x(t + 1) = 2 cos(w) x(t) - x(t - 1) for every sine of frequency w.
    @Test func `sine goes on`() {
        let sine = BuiltInData.sequences(.sine, length: 8, count: 50, seed: 1)
        for (row, next) in zip(rows(sine), sine.values) {
            let points = (row + [next]).map(Double.init)
            guard let middle = (1..<7).max(by: { abs(points[$0]) < abs(points[$1]) }) else { continue }
            let twoCosine = (points[middle - 1] + points[middle + 1]) / points[middle]
            #expect(abs(twoCosine * points[7] - points[6] - points[8]) < 1e-4)
        }
    }
}
