import Benchmarks
import Commands
import Foundation
import Machine

// A file that reaches its longest length (`ulimit -f`) is an error of that file, not the program's end.
signal(SIGXFSZ, SIG_IGN)
// Its words may be paths, whose bytes need not be UTF-8.
let words = ProcessFacts.arguments
BlasKernel.restartIfBetter(arguments: words)
exit(SitterCommand(with: [BenchCommand.subcommand]).main(Array(words.dropFirst())))
