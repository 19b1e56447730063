import Datasets
import Machine
import NeuralNetworks
import Runs
import Settings

extension RunMaterial {
    /// The config as the run understood it: every default written out, and beside it what the run was made with.
    package var resolvedConfig: JSON {
        var plan = plan
        // The copy in the run directory is read from there.
        plan.data = plan.data.withAbsolutePaths(from: Folder.current)
        guard case .object(let members) = plan.json else { return plan.json }
        let sources = data.sources.map { ($0.path, JSON.string($0.sha256)) }
        let classes = description.task.classCount.map { [("classes", JSON.integer($0))] } ?? []
        let recorded: JSON = .object(
            [
                ("sitter", .string(RunPlan.programVersion)),
                ("blasKernel", .string(description.origin.blasKernel)),
                ("threads", .integer(description.origin.threads)),
                ("steps", .integer(description.lengths.totalSteps)),
            ] + classes + [("sha256", .object(sources))])
        return .object(members + [("recorded", recorded)])
    }
}
