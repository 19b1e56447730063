import Glibc
import Machine
import TestSupport
import Testing

@Suite struct FolderTests {
    private let folder = ScratchFolder()

    @Test
    func `names come without the folder itself and the one above, hidden ones too`() throws {
        try folder.write("a", "1")
        try folder.write(".b/c", "2")
        #expect(try Folder.names(in: folder.path).sorted() == [".b", "a"])
        #expect(try Folder.names(in: folder.path, limit: 1).count == 1)
    }

    @Test(arguments: [("none", ENOENT), ("file", ENOTDIR)])
    func `what cannot be listed says why`(name: String, code: Int32) throws {
        try folder.write("file", "")
        #expect(throws: SystemError(code: code)) { try Folder.names(in: folder / name) }
    }

    @Test
    func `a folder and a link to one are folders, a file is none`() throws {
        try folder.write("file", "")
        symlink(folder.path, folder / "link")
        #expect(Folder.exists(folder.path) && Folder.exists(folder / "link"))
        #expect(!Folder.exists(folder / "file") && !Folder.exists(folder / "none"))
    }
}
