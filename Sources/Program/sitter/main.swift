import Commands
import Foundation

BlasKernel.restartIfBetter(arguments: CommandLine.arguments)
exit(SitterCommand.main(Array(CommandLine.arguments.dropFirst())))
