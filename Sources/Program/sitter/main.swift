import Benchmarks
import Commands
import Foundation

// A file that reaches its longest length (`ulimit -f`) is an error of that file, not the program's end.
signal(SIGXFSZ, SIG_IGN)
BlasKernel.restartIfBetter(arguments: CommandLine.arguments)
exit(SitterCommand(with: [BenchCommand.subcommand]).main(Array(CommandLine.arguments.dropFirst())))
