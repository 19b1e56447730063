import Benchmarks
import Commands
import Foundation

// A file that reaches its longest length (`ulimit -f`) is an error of that file, not the program's end.
signal(SIGXFSZ, SIG_IGN)
// Before the words of the command line are text.
if let code = SitterCommand.refusalOfStrayWords() { exit(code) }
BlasKernel.restartIfBetter(arguments: CommandLine.arguments)
exit(SitterCommand(with: [BenchCommand.subcommand]).main(Array(CommandLine.arguments.dropFirst())))
