import Benchmarks
import Datasets
import TestSupport
import Testing

/// Whatever the bytes, the answer is a data set or one line, and no more memory than the file warrants.
@Suite struct ReaderFuzzTests {
    @Test(arguments: ReaderFuzz.allCases)
    func `a thousand damaged files do no harm`(format: ReaderFuzz) throws {
        let folder = ScratchFolder()
        var (read, refused) = (0, 0)
        for number in 0..<1000 {
            let (result, length) = try format.read(number: number, in: folder.path)
            switch result {
            case .success(let dataset):
                read += 1
                // 2,048 pixels a byte are the most that any reader believes.
                if case .memory(let inputs) = dataset.storage { #expect(inputs.count <= 2048 * length) }
            case .failure(let error):
                refused += 1
                #expect(!error.description.contains("\n") && error.description.contains(folder.path))
            }
        }
        #expect(refused > 100, "damage is seldom harmless")
        // The check sums of PNG find nearly all of it.
        #expect(read > (format == .png ? 0 : 10), "damage is not always deadly")
    }

    @Test(arguments: ReaderFuzz.allCases)
    func `damage is a function of the number`(format: ReaderFuzz) {
        #expect(format.damaged(17) == format.damaged(17))
        #expect((0..<50).contains { format.damaged($0) != format.samples[$0 % format.samples.count] })
    }
}
