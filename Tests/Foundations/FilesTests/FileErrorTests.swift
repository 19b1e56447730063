import Files
import Testing

@Suite struct FileErrorTests {
    @Test(arguments: [
        (FileError.Problem.missing, "a/b.gz: no such file; check the path"),
        (.missingFolder("a"), "a/b.gz: the folder a does not exist; create it first"),
        (.isFolder, "a/b.gz: a folder; a file is due"),
        (.noSpace, "a/b.gz: no space left on the disk; free some or choose another place"),
        (.tooLarge(limit: 9), "a/b.gz: holds more than 9 bytes, the most that is read here"),
        (.truncated(.gzip), "a/b.gz: the gzip data ends too early; copy or download the file again"),
        (
            .corrupt(.zlib, detail: "incorrect data check"),
            "a/b.gz: the zlib data is damaged (incorrect data check); copy or download the file again"
        ),
        (.malformed("3 columns in line 2; 4 are due"), "a/b.gz: 3 columns in line 2; 4 are due"),
        (.system(doing: "write", code: 5), "a/b.gz: cannot write: Input/output error"),
    ])
    func `says which file and what is wrong`(problem: FileError.Problem, text: String) {
        #expect(FileError(path: "a/b.gz", problem).description == text)
    }

    @Test func `stays on one line whatever the path`() {
        #expect(FileError(path: "a\n\u{1B}b", .isFolder).description == "a??b: a folder; a file is due")
    }
}
