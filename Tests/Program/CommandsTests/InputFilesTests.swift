import Commands
import Foundation
import TestSupport
import Testing

/// What a run reads is known by the file, not by its name.
@Suite struct InputFilesTests {
    private let scratch = ScratchFolder()

    private func inputs(_ paths: String...) -> InputFiles {
        var inputs = InputFiles()
        for path in paths { inputs.add(scratch / path, as: .data) }
        return inputs
    }

    @Test func `a file is found under its own name, under a link, under a hard link and through a linked folder`()
        throws
    {
        try scratch.write("data/table.csv", "1,2\n")
        let files = FileManager.default
        try files.createSymbolicLink(atPath: scratch / "soft", withDestinationPath: "data/table.csv")
        try files.linkItem(atPath: scratch / "data/table.csv", toPath: scratch / "hard")
        try files.createSymbolicLink(atPath: scratch / "folder", withDestinationPath: "data")
        let inputs = inputs("data/table.csv")
        for name in ["data/table.csv", "data/./table.csv", "data/../soft", "soft", "hard", "folder/table.csv"] {
            #expect(inputs.input(at: scratch / name) != nil, "\(name)")
        }
        #expect(inputs.input(at: scratch / "data/other.csv") == nil)
        try scratch.write("copy", "1,2\n")
        #expect(inputs.input(at: scratch / "copy") == nil)
    }

    @Test func `everything in a folder of data counts, what is new in it and what it only links to`() throws {
        try scratch.write("pictures/cat/1.png", "x")
        try scratch.write("elsewhere/2.png", "y")
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: scratch / "pictures/cat/2.png", withDestinationPath: scratch / "elsewhere/2.png")
        try files.createSymbolicLink(atPath: scratch / "pictures/again", withDestinationPath: scratch / "pictures")
        let inputs = inputs("pictures")
        for name in ["pictures", "pictures/cat/1.png", "elsewhere/2.png", "pictures/cat/new", "pictures/dog/deep/new"] {
            #expect(inputs.input(at: scratch / name) != nil, "\(name)")
        }
        #expect(inputs.input(at: scratch / "elsewhere/3.png") == nil)
        #expect(inputs.input(at: scratch / "log") == nil)
    }

    @Test func `an export never replaces what is read, even when asked twice`() throws {
        try scratch.write("table.csv", "1,2\n")
        let answer = ExportFileTests().write(to: scratch / "table.csv", sparing: inputs("table.csv"))
        #expect(
            answer
                == .failed(
                    "\(scratch / "table.csv") is or lies in the data \(scratch / "table.csv"): type another name"))
        #expect(try scratch.text("table.csv") == "1,2\n")
    }

    /// Every way that a small grammar of paths leads to one of two files: only the one that is read is refused.
    @Test func `paths out of a grammar are told apart by where they lead`() throws {
        try scratch.write("a/b/read", "x")
        try scratch.write("a/b/free", "y")
        let files = FileManager.default
        for (link, target) in [("to-b", "a/b"), ("a/up", ".."), ("a/b/alias-read", "read"), ("a/b/alias-free", "free")]
        {
            try files.createSymbolicLink(atPath: scratch / link, withDestinationPath: target)
        }
        var random = SplitMix64(seed: 13)
        let inputs = inputs("a/b/read")
        for _ in 0..<200 {
            var path = scratch.path
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                path += ["/.", "/a/..", "/a/up", "/to-b/../.."].randomElement(using: &random) ?? ""
            }
            path += ["/a/b", "/to-b", "//a//b/", "/a/up/to-b"].randomElement(using: &random) ?? ""
            let isRead = Bool.random(using: &random)
            path += "/" + (Bool.random(using: &random) ? "alias-" : "") + (isRead ? "read" : "free")
            #expect((inputs.input(at: path) != nil) == isRead, "\(path)")
        }
    }

    @Test func `a path is settled by the links on its way, as far as it is there`() throws {
        let files = FileManager.default
        try files.createDirectory(atPath: scratch / "a/b", withIntermediateDirectories: true)
        for (link, target) in [
            ("to-b", "a/b"), ("a/there", scratch / "to-b"), ("a/b/gone", "../new/file"), ("round", "round"),
        ] {
            try files.createSymbolicLink(atPath: scratch / link, withDestinationPath: target)
        }
        let root = scratch.path.settledPath
        for (path, settled) in [
            ("to-b/../c", "a/c"), ("a/there/x", "a/b/x"), ("to-b/gone", "a/new/file"), ("new/.././to-b//y/", "a/b/y"),
            ("none/at/all", "none/at/all"), ("round", "round"), (".", ""),
        ] {
            #expect((scratch / path).settledPath == (settled.isEmpty ? root : "\(root)/\(settled)"), "\(path)")
        }
        #expect("/../x/./y".settledPath == "/x/y" && "/".settledPath == "/")
        #expect("x".settledPath.hasSuffix("/x") && "x".settledPath.hasPrefix("/"))
    }
}
