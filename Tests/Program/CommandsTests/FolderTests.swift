import Commands
import Testing

@Suite struct FolderTests {
    @Test(arguments: [
        ("a", ""), ("a/b", "a"), ("a/b/c", "a/b"), ("/a", "/"), ("/", "/"), ("", ""), ("a//b", "a"), ("a/b/", "a"),
        ("/a/b", "/a"), ("./a", "."), ("../a", ".."), ("é", ""), ("folder/é.json5", "folder"),
    ])
    func aPathLiesInItsFolder(path: String, folder: String) { #expect(path.folder == folder) }
}
