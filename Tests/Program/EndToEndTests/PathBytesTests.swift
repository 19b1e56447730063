import Foundation
import TestSupport
import Testing

/// File names of any bytes: the arguments of a process are no text, so a shell writes them.
@Suite struct PathBytesTests {
    let scratch = ScratchFolder()

    /// Dark and light grey, 2 by 2 dots.
    private static let pictures = [
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR42mMQEWEQEQEAAPYAUWyExAQAAAAASUVORK5CYII=",
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR42mO4c4fhzh0AClYDcQfc2LIAAAAASUVORK5CYII=",
    ]

    /// `$d` is a folder, `$d/pict\xff` holds pictures of the classes `caf\xe9` and `th\xc3\xa9`, `$c` is a config, `$s` says where
    /// the pictures are.
    private static let names = #"""
        d=$(printf 'd\351p\377'); c=$d/$(printf 'conf\351.json5'); p=$d/$(printf 'pict\377'); s="data.imageFolder.folder=$p"
        r=$d/$(printf 'r\351'); l=$d/$(printf 'l\351.log'); first=$p/$(printf 'caf\351'); second=$p/$(printf 'th\303\251')

        """#

    init() throws {
        for (index, picture) in Self.pictures.enumerated() {
            try scratch.write("\(index).png", try #require(Data(base64Encoded: picture)))
        }
        try scratch.write(
            "config.json5",
            """
            {
              model: ["flatten", { linear: 2 }], data: { imageFolder: { folder: "elsewhere" } },
              validation: { fraction: 0.25 }, optimizer: { sgd: { learningRate: 0.1 } }, epochs: 3, batchSize: 5,
            }
            """)
    }

    /// Runs lines of a shell, in which `sitter` is the program.
    private func shell(_ lines: String) async throws -> Program.Outcome {
        let process = try RunningProgram(
            ["-c", "sitter() { \"$0\" \"$@\"; }\n" + Self.names + lines, Program.path], in: scratch, program: "sh")
        return try await process.outcome()
    }

    private func makeFiles() async throws {
        let made = try await shell(
            #"""
            mkdir -p "$first" "$second" && cp config.json5 "$c"
            for i in 1 2 3 4 5 6 7 8 9; do cp 0.png "$first/$(printf 'p\377')$i.png"; cp 1.png "$second/$i.png"; done
            """#)
        #expect(made.code == 0, "\(made.errors)")
    }

    @Test func `a run whose every path is no UTF-8 is trained, listed, gone on with and read`() async throws {
        try await makeFiles()
        let trained = try await shell(#"sitter train "$c" --headless --set "$s" --run "$r" --log "$l""#)
        #expect(trained.code == 0, "\(trained.errors)")
        #expect(trained.output.hasPrefix("conf\\xe9: ") && trained.output.contains("files in d\\xe9p\\xff/r\\xe9\n"))
        #expect(trained.output.contains(#"last weights: d\xe9p\xff/r\xe9/checkpoints/last.safetensors"#))

        let listed = try await shell(#"sitter runs "$d" && sitter runs "$d" --where state=finished --json"#)
        #expect(listed.code == 0 && listed.output.contains("\nr\\xe9  "), "\(listed.errors)")

        // The journal says where the log is, and the config where the data are.
        let resumed = try await shell(#"sitter train --headless --resume "$r" --set epochs=5 && cat "$l""#)
        #expect(resumed.code == 0, "\(resumed.errors)")
        let steps = Set(resumed.output.matches(of: /"event":"step","step":([0-9]+),/).map(\.output.1))
        #expect(steps == Set((0..<15).map { "\($0)" }))
        #expect(!resumed.output.contains("is gone"))
        #expect(!resumed.errors.contains("is not the file"))

        let again = try await shell(
            #"sitter train "$c" --headless --set "$s" --weights "$r/checkpoints/last.safetensors" --compare "$r""#)
        #expect(again.code == 0, "\(again.errors)")
        let relative = try await shell(
            #"cd "$d" && HOME=$PWD sitter train "${c##*/}" --headless --save --set "data.imageFolder.folder=${p##*/}" && ls runs"#
        )
        #expect(relative.code == 0 && relative.output.contains("-conf-xe9\n"), "\(relative.errors)")
    }

    /// Other things that are read and written by their paths, the words after `train` and files that are there afterwards.
    @Test(arguments: [
        // A table, and one to validate on in the same folder.
        (#"points.json5 --set "data={ csv: { file: \"$t\", validationFile: \"$t\" } }" --set "validation={}""#, "$t"),
        // A script of commands.
        (#"points.json5 --commands "$k" --log "$l" --overwrite"#, "$l"),
        // Settings and a theme of the person, and folders on the way to a run that are made.
        (
            #"points.json5 --settings "$o" --theme "$e" --run "$d/$(printf 'a\377/b\300')""#,
            #"$d/$(printf 'a\377/b\300')/config.json"#
        ),
    ])
    func `tables, scripts, settings and new folders may be called by any bytes`(words: String, file: String)
        async throws
    {
        try await makeFiles()
        try scratch.write("points.json5", Configs.points)
        let rows = (0..<40).map { "\($0 % 7),\($0 % 4 * 2),\($0 % 4)\n" }.joined()
        try scratch.write("table", "x,y,label\n" + rows)
        try scratch.write("script", #"{"step":3,"setLearningRate":0.01}"# + "\n")
        try scratch.write("settings", "{}\n")
        try scratch.write("theme", "theme[main_bg]=\"#101010\"\n")
        let outcome = try await shell(
            #"""
            t=$d/$(printf 't\376.csv'); k=$d/$(printf 'k\240'); o=$d/$(printf 'o\377.json5'); e=$d/$(printf 'e\351.theme')
            cp table "$t"; cp script "$k"; cp settings "$o"; cp theme "$e"

            """# + "sitter train --headless \(words) && test -s \"\(file)\"")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(
            !outcome.output.unicodeScalars.contains { $0.value >= 0x10_FE00 },
            "people see bytes, not what stands for them")
    }

    @Test func `inputs are never outputs under such names, links and hard links included`() async throws {
        try await makeFiles()
        let refused = try await shell(
            #"""
            h=$d/$(printf 'hard\351'); k=$d/$(printf 'soft\377')
            ln "$c" "$h" && ln -s "$(printf 'pict\377/caf\351')" "$k"
            for words in "--log $h --overwrite" "--run $k/new" "--log $first/new.log" "--log $c --overwrite"; do
                sitter train "$c" --headless --set "$s" $words; echo "code $?"
            done
            cmp config.json5 "$c" && ls "$first" | wc -l
            """#)
        #expect(refused.output == String(repeating: "code 2\n", count: 4) + "9\n", "\(refused.errors)")
        #expect(refused.errorLines.filter { $0.contains("\\xe9") }.count == 4)
    }

    @Test func `what is wrong with such a file is said in one line`() async throws {
        try await makeFiles()
        let missing = try await shell(#"sitter train "$(printf 'no\377ne')" --headless"#)
        #expect(missing.code == 2 && missing.errors == "sitter: no\\xffne: no such file; check the path\n")
        let empty = try await shell(#"rm "$first"/*; sitter train "$c" --headless --set "$s""#)
        #expect(empty.code == 2)
        #expect(
            empty.errors
                == "sitter: d\\xe9p\\xff/pict\\xff/caf\\xe9: holds no PNG, JPEG or WebP pictures; put some there or remove it\n"
        )
    }
}
