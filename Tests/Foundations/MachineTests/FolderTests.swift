import Glibc
import Machine
import TestSupport
import Testing

@Suite struct FolderTests {
    private let folder = ScratchFolder()

    @Test("Names come without the folder itself and the one above, hidden ones too")
    func names() throws {
        try folder.write("a", "1")
        try folder.write(".b/c", "2")
        #expect(try Folder.names(in: folder.path).sorted() == [".b", "a"])
        #expect(try Folder.names(in: folder.path, limit: 1).count == 1)
    }

    @Test("What cannot be listed says why", arguments: [("none", ENOENT), ("file", ENOTDIR)])
    func refusal(name: String, code: Int32) throws {
        try folder.write("file", "")
        #expect(throws: SystemError(code: code)) { try Folder.names(in: folder / name) }
    }

    @Test("A folder and a link to one are folders, a file is none")
    func existence() throws {
        try folder.write("file", "")
        symlink(folder.path, folder / "link")
        #expect(Folder.exists(folder.path) && Folder.exists(folder / "link"))
        #expect(!Folder.exists(folder / "file") && !Folder.exists(folder / "none"))
    }
}
