import Datasets
import TestSupport
import Testing

@Suite struct CSVReaderTests {
    private let folder = ScratchFolder()

    private func read(_ text: String, _ reader: CSVReader = CSVReader()) throws -> Dataset {
        try reader.read(folder.write("table.csv", Array(text.utf8)))
    }

    /// The error without the path.
    private func message(_ text: String, _ reader: CSVReader = CSVReader()) throws -> String? {
        let path = try folder.write("table.csv", Array(text.utf8))
        return failure { () throws(DatasetError) in try reader.read(path) }?.replacing("\(path): ", with: "")
    }

    @Test func `the last column is the label`() throws {
        let dataset = try read("a,b,kind\n1,2,0\n3,4.5,1\n")
        #expect(dataset.inputs.array == [1, 2, 3, 4.5] && dataset.inputShape == [2])
        #expect(dataset.classes == [0, 1] && dataset.classCount == 2)
    }

    @Test func `the label is found by name and by number`() throws {
        let text = "a,kind,b\n1,1,2\n3,0,4\n"
        for column in [CSVReader.Column.name("kind"), .number(2), .number(-2)] {
            let dataset = try read(text, CSVReader(labels: [column]))
            #expect(dataset.inputs.array == [1, 2, 3, 4] && dataset.classes == [1, 0])
        }
    }

    @Test func `words become classes in alphabetical order`() throws {
        let dataset = try read("a,b\n1,dog\n2,cat\n3,dog\n4,Zebra\n")
        #expect(dataset.classes == [2, 1, 2, 0])
        #expect(dataset.classNames == ["Zebra", "cat", "dog"])
    }

    @Test func `quotes may hold everything`() throws {
        let dataset = try read("\"a\"\"b\",c\n\"1\",\"x,\"\"y\"\"\nz\"\n2, w \n", CSVReader(labels: [.name("c")]))
        #expect(dataset.inputs.array == [1, 2])
        #expect(dataset.classNames == ["w", "x,\"y\"\nz"])
    }

    @Test(arguments: ["\u{FEFF}a,b\r\n1,0\r\n2,1\r\n", "a,b\r1,0\r2,1", "a,b\n1,0\n\n2,1\n\n", "a,b\n 1 ,\t0\n2,1"])
    func `lines end in every way`(text: String) throws {
        let dataset = try read(text)
        #expect(dataset.inputs.array == [1, 2] && dataset.classes == [0, 1])
    }

    @Test func `numbers are the nearest`() throws {
        let words = ["0.1", "-3.25e-2", "1e10", "123456.789", ".5", "+7", "3.4028234e38", "0.30000000000000004", "-0"]
        let dataset = try read(words.map { "\($0),0" }.joined(separator: "\n"), CSVReader(hasHeader: false))
        #expect(dataset.inputs.array == words.map { Float(Double($0)!) })
    }

    @Test func `another separator and no header`() throws {
        let dataset = try read("1;2\n3;0\n", CSVReader(hasHeader: false, separator: ";"))
        #expect(dataset.inputs.array == [1, 3] && dataset.classes == [2, 0] && dataset.classCount == 3)
        #expect(try read("1\t2\n", CSVReader(hasHeader: false, separator: "\t")).inputs.array == [1])
    }

    @Test func `regression predicts numbers`() throws {
        let reader = CSVReader(labels: [.name("y"), .name("x")], task: .regression)
        let dataset = try read("x,a,y\n0.5,1,2\n1.5,3,4\n", reader)
        #expect(dataset.inputs.array == [1, 3] && dataset.values == [2, 0.5, 4, 1.5])
    }

    @Test func `validation has the classes of training`() throws {
        let training = try read("a,b\n1,dog\n2,cat\n3,cow\n")
        let path = try folder.write("other.csv", Array("a,b\n1,cow\n".utf8))
        #expect(try CSVReader().read(path, like: training).classes == [1])
        let wrong = try folder.write("wrong.csv", Array("a,b\n1,cow\n2,bee\n".utf8))
        #expect(
            failure { () throws(DatasetError) in try CSVReader().read(wrong, like: training) }
                == "\(wrong): line 3, column 2: no example of training has the label \"bee\"")
    }

    @Test(arguments: [
        ("", "is empty; a header and at least one line is due"),
        ("a,b\n", "has a header and no line after it"),
        ("a,b\n1,\n", "line 2, column 2 (b): the value is missing; fill it in, or leave out the line"),
        ("a,b\n1,0\n,1\n", "line 3, column 1 (a): the value is missing; fill it in, or leave out the line"),
        (
            "a,b\n1,0\n\nNA,1\n",
            "line 4, column 1 (a): \"NA\" is no finite number; only the label may be a word, and missing values must be "
                + "filled in or left out with their line"
        ),
        (
            "a,b\nnan,1\n",
            "line 2, column 1 (a): \"nan\" is no finite number; only the label may be a word, and missing values must be "
                + "filled in or left out with their line"
        ),
        (
            "a,b\n1e40,1\n",
            "line 2, column 1 (a): \"1e40\" is no finite number; only the label may be a word, and missing values must be "
                + "filled in or left out with their line"
        ),
        ("a,b,c\n1,2,0\n1,0\n", "line 3: 2 columns, and 3 are due as in line 1"),
        ("a,b\n1,\"0\n2,1\n", "line 2, column 2: the quote that opens here is never closed"),
        (
            "a,b\n\"1\"2,0\n",
            "line 2, column 1: text follows the closing quote; double a quote that belongs to the value"
        ),
        ("a\n1\n", "line 1: 1 column, and at least one beside what is predicted is due; is the separator right?"),
    ])
    func `every defect is named`(text: String, expected: String) throws { #expect(try message(text) == expected) }

    @Test func `a column that is not there is named`() throws {
        #expect(
            try message("a,b\n1,2\n", CSVReader(labels: [.name("kind")]))
                == "line 1: no column is called \"kind\"; there are \"a\", \"b\"")
        #expect(
            try message("a,a\n1,2\n", CSVReader(labels: [.name("a")]))
                == "line 1: 2 columns are called \"a\"; write the number of one, from 1 on")
        #expect(
            try message("a,b\n1,2\n", CSVReader(labels: [.number(3)]))
                == "there is no column 3; columns count from 1 to 2, or from -1 back")
        #expect(
            try message("1,2\n", CSVReader(labels: [.name("a")], hasHeader: false))
                == "without a header no column is called \"a\"; write its number, from 1 on")
    }

    @Test func `a table above the limit is refused`() throws {
        #expect(
            try message("a,b\n1,0\n2,1\n3,1\n", CSVReader(limit: MemoryLimit(bytes: 8)))
                == "takes 12 bytes in memory, more than the 8 bytes of data.memoryLimit, and a table cannot be read batch "
                + "by batch; raise data.memoryLimit (in bytes), or use plain idx, cifar10 or npy files, which are read "
                + "batch by batch")
    }
}
