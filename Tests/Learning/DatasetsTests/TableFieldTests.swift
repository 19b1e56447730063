import Datasets
import Foundation
import TestSupport
import Testing

/// Tables as people have them: what they are written in is found out and said, and what they hide is said.
@Suite struct TableFieldTests {
    private let folder = ScratchFolder()

    private func read(
        _ bytes: some Sequence<UInt8>, _ reader: CSVReader = CSVReader(), name: String = "t.csv",
        like training: Dataset? = nil
    ) throws -> Dataset {
        try reader.read(folder.write(name, Array(bytes)), like: training)
    }

    private func read(_ text: String, _ reader: CSVReader = CSVReader()) throws -> Dataset {
        try read(text.utf8, reader)
    }

    /// What is said of a table, without its path.
    private func words(_ dataset: Dataset) -> [String] {
        dataset.warnings.map { $0.sentence.replacing("\(folder.path)/", with: "") }
    }

    private func refusal(_ text: String, _ reader: CSVReader = CSVReader(), like training: Dataset? = nil) throws
        -> String?
    {
        let path = try folder.write("t.csv", text)
        return failure { () throws(DatasetError) in try reader.read(path, like: training) }?
            .replacing("\(folder.path)/", with: "")
    }

    /// Forty examples with two numbers that differ, and a class.
    private static let rows: [(x: Double, y: Double, kind: Int)] = (0..<40).map { index in
        let x: Int = index * 7 % 13
        let y: Int = index * 5 % 11
        return (x: Double(x) + 0.5, y: Double(y) - 0.25, kind: index % 3)
    }

    private func table(_ header: String? = "x,y,kind", row: (Int) -> String) -> String {
        ((header.map { [$0] } ?? []) + Self.rows.indices.map(row)).joined(separator: "\n") + "\n"
    }

    private func plain(_ index: Int) -> String {
        let row = Self.rows[index]
        return "\(row.x),\(row.y),\(row.kind)"
    }

    private var numbers: [Float] { Self.rows.flatMap { [Float($0.x), Float($0.y)] } }

    // MARK: How it is written

    @Test func `encodings give the same numbers, with a word`() throws {
        let text = table(row: plain)
        let little = Array(text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        let big = Array(text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] })
        let cases: [([UInt8], String?)] = [
            (Array(text.utf8), nil), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), nil),
            ([0xFF, 0xFE] + little, "UTF-16"), ([0xFE, 0xFF] + big, "UTF-16"), (little, "UTF-16"), (big, "UTF-16"),
            (
                [0xFF, 0xFE, 0, 0] + text.unicodeScalars.flatMap { [UInt8($0.value & 255), 0, 0, 0] }, "UTF-32"
            ),
        ]
        for (bytes, name) in cases {
            let dataset = try read(bytes)
            #expect(dataset.inputs.array == numbers && dataset.classCount == 3)
            #expect(words(dataset) == (name.map { ["t.csv: is \($0), and read as such"] } ?? []))
        }
    }

    @Test func `letters of Windows stay apart as classes`() throws {
        let dataset = try read(
            Array("x,kind\n1,caf".utf8) + [0xE9] + Array("\n2,caf".utf8) + [0xE8] + Array("\n3,5".utf8) + [0x80])
        #expect(dataset.classNames == ["5€", "cafè", "café"] && dataset.classes == [2, 1, 0])
        #expect(words(dataset) == ["t.csv: is no UTF-8, so it is read as Windows-1252 (Latin-1)"])
    }

    @Test(arguments: [";", "\t", "|", " "]) func `another separator is found out`(separator: String) throws {
        let dataset = try read(table { self.plain($0) }.replacing(",", with: separator))
        #expect(dataset.inputs.array == numbers)
        let name = separator == "\t" ? "\\t" : separator
        #expect(words(dataset) == ["t.csv: columns are separated by \"\(name)\" (separator: \"\(name)\" says so)"])
    }

    @Test func `a decimal comma is one, also beside points between thousands`() throws {
        let german = try read(table("x;y;kind") { self.plain($0).replacing(",", with: ";").replacing(".", with: ",") })
        #expect(german.inputs.array == numbers)
        #expect(
            words(german) == [
                "t.csv: columns are separated by \";\" (separator: \";\" says so); it is read as numbers with a decimal comma "
                    + "(1,5 is 1.5, and 1.234,5 is 1234.5)"
            ])
        let large = try read("x;kind\n1.234,5;0\n-2.000.000,25;1\n7;0\n", CSVReader(separator: ";"))
        #expect(large.inputs.array == [1234.5, -2_000_000.25, 7])
        let quoted = try read("x,kind\n\"0,5\",0\n\"12,25\",1\n")
        #expect(quoted.inputs.array == [0.5, 12.25])
        // No group of thousands is 0.
        #expect(try read("x,kind\n\"0,123\",0\n\"12,250\",1\n").inputs.array == [0.123, 12.25])
        // Without a header too.
        let bare = try read("0,5;1,5;0\n2,5;3,5;1\n", CSVReader(hasHeader: false))
        #expect(bare.inputs.array == [0.5, 1.5, 2.5, 3.5])
    }

    @Test func `a decimal comma of what is predicted alone is found out`() throws {
        let dataset = try read("x;y\n1;0,5\n2;1,5\n", CSVReader(task: .regression))
        #expect(dataset.inputs.array == [1, 2] && dataset.values == [0.5, 1.5])
        #expect(
            words(dataset) == [
                "t.csv: columns are separated by \";\" (separator: \";\" says so); it is read as numbers with a decimal comma "
                    + "(1,5 is 1.5, and 1.234,5 is 1234.5)"
            ])
        // Also where the first thousand lines could be something else.
        let whole = (0..<1200).map { "\($0 % 7);\($0 % 5)\n" }.joined()
        let late = try read("x;y\n\(whole)3;0,5\n", CSVReader(task: .regression))
        #expect(late.count == 1201 && late.values.last == 0.5)
    }

    @Test func `marks between thousands are none of the number`() throws {
        let dataset = try read("x,y,kind\n\"1,234.5\",1,0\n\"12,000\",2,1\n-3,3,0\n")
        #expect(dataset.inputs.array == [1234.5, 1, 12_000, 2, -3, 3])
        #expect(words(dataset) == ["t.csv: it is read as numbers with marks between thousands (1,234.5 is 1234.5)"])
        #expect(try read("x;kind\n1 234,5;0\n5;1\n", CSVReader(separator: ";")).inputs.array == [1234.5, 5])
        #expect(try read("x;kind\n1'234.5;0\n5;1\n", CSVReader(separator: ";")).inputs.array == [1234.5, 5])
        // Groups of other lengths are no thousands.
        #expect(try refusal("x,kind\n\"1,23.5\",0\n")?.contains("\"1,23.5\" is no finite number") == true)
    }

    @Test func `empty columns at the end are left out`() throws {
        let all = [
            table("x,y,kind,") { self.plain($0) + "," }, table("x,y,kind") { self.plain($0) + "," },
            table("x,y,kind,") { self.plain($0) }, table("x,y,kind,,,") { self.plain($0) + ",,," },
            table(nil) { self.plain($0) + "," },
        ]
        for text in all {
            let dataset = try read(text, CSVReader(hasHeader: text.first == "x"))
            #expect(dataset.inputs.array == numbers && dataset.classCount == 3)
            #expect(words(dataset) == ["t.csv: what is empty after column 3 is left out"], "\(text.prefix(20))")
        }
        #expect(
            try refusal("x,y,kind,\n1,2,0,\n1,2,0,5\n")
                == "t.csv: line 3: 4 columns, and 3 are due as in line 1; a separator within a value needs quotes around it"
        )
    }

    @Test func `lines of blanks, of separators and of comments are no examples`() throws {
        let text = "\n  \n# made by a program, on a day\nx,kind\n1,0\n \t \n,\n#2,0\n3,1\n   "
        let dataset = try read(text, CSVReader(comment: "#"))
        #expect(dataset.inputs.array == [1, 3] && dataset.classes == [0, 1])
        #expect(
            try refusal("# made by a program\nx,kind\n1,0\n")
                == "t.csv: line 1 begins with #; comment: \"#\" leaves such lines out")
        #expect(
            try refusal("x,y,kind\n1,2,0\n# the end\n")
                == "t.csv: line 3: 1 column, and 3 are due as in line 1; it begins with #: comment: \"#\" leaves such lines out"
        )
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html></html>", "is a web page (HTML), and a table of text is due; download the file itself"),
        (
            "version https://git-lfs.github.com/spec/v1\n",
            "is a pointer of Git LFS, and a table of text is due; git lfs pull fetches the file itself"
        ),
        ("PK\u{3}\u{4}", "is a ZIP archive, and a table of text is due; unpack it first"),
        ("PAR1\u{15}\0", "is a Parquet table, and a table of text is due; save the table as CSV"),
        ("{\"x\": [1]}", "is a JSON text, and a table of text is due; is it the right file?"),
        ("x,kind\n1,0\u{0}\n", "byte 10 is 0, so it is no text; a table of text is due"),
    ])
    func `what is no table is called by its name`(text: String, due: String) throws {
        #expect(try refusal(text) == "t.csv: \(due)")
    }

    @Test func `a table may begin with the letters of other files`() throws {
        #expect(try read("FEA1,y\n1,0\n2,1\n").inputs.array == [1, 2])
        #expect(try read("GGUF;kind\n1,5;0\n2;1\n").inputs.array == [1.5, 2])
    }

    // MARK: What it hides

    @Test func `a header of numbers is said`() throws {
        for (text, shown) in [
            (table(nil, row: plain), "0.5, -0.25, 0"),
            ("5.1,3.5,Iris-setosa\n4.9,3.0,Iris-setosa\n7.0,3.2,Iris-versicolor\n", "5.1, 3.5, Iris-setosa"),
            ("1,0,5\n2,1,5\n4,0,7\n", "1, 0, 5"),
        ] {
            let dataset = try read(text)
            #expect(
                words(dataset).first
                    == "t.csv: line 1 looks like data (\(shown)), and is taken for the names of the columns; header: false makes "
                    + "it an example")
        }
        // Names that are numbers: as pandas counts columns, wavelengths, years with a label.
        for header in ["0,1,2", "400,410,420,430,label", "2019,2020,label"] {
            let count = header.split(separator: ",").count
            let row = (1..<count).map { "\($0).5" }.joined(separator: ",")
            #expect(words(try read("\(header)\n\(row),0\n\(row),1\n")).allSatisfy { !$0.contains("looks like data") })
        }
    }

    @Test func `a header that is not to be one is said`() throws {
        #expect(
            try refusal("x,y,kind\n1,2,0\n", CSVReader(hasHeader: false))
                == "t.csv: line 1 looks like a header (\"x\", \"y\", \"kind\"), and header: false takes it for an example"
        )
    }

    @Test func `an unnamed column that numbers the lines is left out`() throws {
        let counting = try read(table(",x,y,kind") { "\($0),\(self.plain($0))" })
        #expect(counting.inputs.array == numbers && counting.inputShape == [2])
        #expect(
            words(counting) == [
                "t.csv: column 1 has no name and counts 0, 1, 2 ..., so it is left out; ignore: [] takes it as an input"
            ])
        let fromOne = try read(table("Unnamed: 0,x,y,kind") { "\($0 + 1),\(self.plain($0))" })
        #expect(fromOne.inputs.array == numbers)
        // As after a shuffle or a filter.
        let shuffled = try read(table(",x,y,kind") { "\($0 * 11 % 97 + 100),\(self.plain($0))" })
        #expect(shuffled.inputs.array == numbers)
        let bare = try read(table(nil) { "\($0),\(self.plain($0))" }, CSVReader(hasHeader: false))
        #expect(bare.inputs.array == numbers)
        let kept = try read(table(",x,y,kind") { "\($0),\(self.plain($0))" }.utf8, CSVReader(ignored: []))
        #expect(kept.inputShape == [3] && kept.inputs.array[3] == 1)
    }

    @Test func `a named column that numbers the lines is said and can be left out`() throws {
        for name in ["id", "index", "PassengerId", "t"] {
            let text = table("x,\(name),y,kind") {
                "\(Self.rows[$0].x),\($0 + 1),\(Self.rows[$0].y),\(Self.rows[$0].kind)"
            }
            let dataset = try read(text)
            #expect(dataset.inputShape == [3])
            #expect(
                words(dataset) == [
                    "t.csv: column 2 (\"\(name)\") counts the lines (1, 2, 3 ...) and is an input; ignore: [\"\(name)\"] leaves "
                        + "it out"
                ])
            let without = try read(text, CSVReader(ignored: [.name(name)]))
            #expect(without.inputs.array == numbers && without.warnings.isEmpty)
        }
        let keys = try read(table("user_id,x,y,kind") { "\($0 * 11 % 97 + 100),\(self.plain($0))" })
        #expect(words(keys).first?.contains("has another whole number in each line and is an input") == true)
        #expect(try read(table(row: plain)).warnings.isEmpty)
    }

    @Test func `validation columns go by their names`() throws {
        let training = try read(table(row: plain))
        let turned = table("kind,y,x") { "\(Self.rows[$0].kind),\(Self.rows[$0].y),\(Self.rows[$0].x)" }
        let dataset = try read(turned.utf8, CSVReader(), name: "v.csv", like: training)
        #expect(dataset.inputs.array == numbers && dataset.classes == training.classes)
        #expect(
            words(dataset) == ["v.csv: its columns stand in another order than those of t.csv, and are matched by name"]
        )
        let wider = try read(
            table(",x,note,y,kind") { "\($0),\(Self.rows[$0].x),9,\(Self.rows[$0].y),\(Self.rows[$0].kind)" }.utf8,
            CSVReader(), name: "v.csv", like: training)
        #expect(wider.inputs.array == numbers)
        #expect(words(wider).contains("v.csv: \"\", \"note\" left out, since t.csv has no such column"))
        for (header, missing) in [("a,b,kind", "x"), ("X,Y,kind", "x"), ("x,z,kind", "y"), ("x,y,target", "kind")] {
            let path = try folder.write("w.csv", table(header, row: plain))
            let said = failure { () throws(DatasetError) in try CSVReader().read(path, like: training) }
            let words = header.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ", ")
            #expect(
                said?.replacing("\(folder.path)/", with: "")
                    == "w.csv: line 1: its columns are \(words), and those of t.csv are \"x\", \"y\", \"kind\"; columns go by their "
                    + "names, and none is called \"\(missing)\"")
        }
    }

    @Test func `an index that training leaves out is none in validation`() throws {
        let training = try read(table(",x,y,kind") { "\($0),\(self.plain($0))" })
        let validation = try read(
            table(",x,y,kind") { "\($0 + 500),\(self.plain($0))" }.utf8, CSVReader(), name: "v.csv", like: training)
        #expect(validation.inputs.array == numbers)
    }

    @Test func `labels are what they say`() throws {
        let floats = try read(table { "\(Self.rows[$0].x),\(Self.rows[$0].y),\(Self.rows[$0].kind).0" })
        #expect(floats.classes == Self.rows.map { Int32($0.kind) } && floats.classNames == nil)
        #expect(
            words(floats) == ["t.csv: labels are whole numbers written as floats (0.0), and taken as classes"])
        let codes = [10_001, 20_500, 60_601]
        let zip = try read(table { "\(Self.rows[$0].x),\(Self.rows[$0].y),\(codes[Self.rows[$0].kind])" })
        #expect(zip.classes == Self.rows.map { Int32($0.kind) } && zip.classNames == ["10001", "20500", "60601"])
        #expect(
            words(zip) == [
                "t.csv: the labels are 3 numbers far apart (10001, 20500, 60601), so they are names: class 0 is 10001"
            ])
        let halves = try read(table { "\(Self.rows[$0].x),\(Self.rows[$0].y),\(Self.rows[$0].kind).5" })
        #expect(halves.classNames == ["0.5", "1.5", "2.5"])
        #expect(
            words(halves) == [
                "t.csv: the labels are 3 numbers that are not whole (0.5, 1.5, 2.5), so they are names: class 0 is 0.5"
            ])
        // A validation file may lack one of them.
        let held = try read("x,y,kind\n1,2,60601\n3,4,20500\n".utf8, CSVReader(), name: "v.csv", like: zip)
        #expect(held.classes == [2, 1] && held.classCount == 3)
        // Those of a hundred classes are classes, unless there is none of eight.
        let fifth = try read("x,y,kind\n" + (0..<20).map { "1,\($0),\(5 * $0 + 4)\n" }.joined())
        #expect(fifth.classCount == 100 && fifth.classNames == nil)
        let ninth = try read("x,y,kind\n" + (0..<12).map { "1,\($0),\(9 * $0)\n" }.joined())
        #expect(ninth.classCount == 12 && ninth.classNames?.last == "99")
    }
}
