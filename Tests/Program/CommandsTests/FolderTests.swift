import Commands
import Testing

@Suite struct FolderTests {
    @Test(arguments: [
        ("a", ""), ("a/b", "a"), ("a/b/c", "a/b"), ("/a", "/"), ("/", "/"), ("", ""), ("a//b", "a"), ("a/b/", "a"),
        ("/a/b", "/a"), ("./a", "."), ("../a", ".."), ("é", ""), ("folder/é.json5", "folder"),
    ])
    func `a path lies in its folder`(path: String, folder: String) { #expect(path.folder == folder) }
}
