import Charts
import CursesTerminal
import Files
import Foundation
import Machine
import RunStore
import Runs
import Settings

/// `sitter rerun`: trains a run again with everything that was done to it, and compares the bits.
package enum RerunCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "rerun", usage: "RUN [OPTIONS]",
        abstract: "Train a run again with all that was done to it, and compare every kept checkpoint bit for bit.",
        discussion: """
            RUN is a run directory. Its config says what is trained; its newest sound checkpoint says what was done on the
            way by hand, by scripts and by policies. What the run left by going back in time is not made again. Nothing in
            the directory changes. Exit code 0: identical; 1: not, with the first step and tensor that differ.

            """,
        options: [
            CommandOption("--threads", value: "N", "so many threads in place of the config's"),
            CommandOption(
                "--export", value: "FILE",
                "train nothing: write what people and scripts did as a script for sitter train --commands"),
            CommandOption("--overwrite", "let --export replace a file"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 1,
        run: { arguments in
            guard let path = arguments.operands.first else {
                throw UsageError("sitter rerun: which run? say its directory, as in sitter rerun runs/first")
            }
            let directory = try RunDirectory.existing(path)
            if let file = arguments.value("--export") {
                return try export(directory, to: file, overwrites: arguments.has("--overwrite"))
            }
            let threads = try arguments.wholeNumber("--threads", in: 1...256)
            Interruption.watch()
            return try Rerun(directory, threads: threads).run()
        })

    /// Writes the interventions as a script.
    private static func export(_ directory: RunDirectory, to file: String, overwrites: Bool) throws -> Int32 {
        let receipts = try Journal.receipts(in: FileBytes.read(directory.journal), file: directory.journal)
        let done = receipts.filter { receipt in
            guard receipt.isAccepted, [.person, .script].contains(receipt.author) else { return false }
            if case .stop = receipt.command { return true }
            return receipt.command.changesNumbers
        }
        let lines = done.map { CommandScript.line($0.command, at: $0.position) + "\n" }.joined()
        if file != "-", !overwrites, FileStatus.exists(file) {
            throw UsageError("--export \(file): there is a file already; add --overwrite to replace it")
        }
        if file == "-" {
            print(lines, terminator: "")
            return ExitCode.done
        }
        for path in [directory.config, directory.journal, directory.description]
        where FileIdentity(path).map({ FileIdentity(file) == $0 }) == true {
            throw UsageError("--export \(file): that is a file of the run; choose another name")
        }
        try AtomicFile.write(Array(lines.utf8), to: file)
        print("\(Figure.count(done.count)) commands in \(file); sitter train \(directory.config) --commands \(file)")
        return ExitCode.done
    }
}
