import Benchmarks
import Commands
import Foundation

BlasKernel.restartIfBetter(arguments: CommandLine.arguments)
exit(SitterCommand(with: [BenchCommand.subcommand]).main(Array(CommandLine.arguments.dropFirst())))
