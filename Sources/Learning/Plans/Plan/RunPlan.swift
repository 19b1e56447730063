import Datasets
import NeuralNetworks
import Optimizers
import Runs
import Settings

/// Everything a run is made of, read from a config: values only, nothing is loaded or built yet.
package struct RunPlan: Sendable {
    package var name: String
    /// Where the dashboard opens, one of `screens`.
    package var screen: String
    package var data: DataPlan
    package var validation: ValidationPlan?
    /// Bytes that a data set may take in memory before it is read batch by batch.
    package var memoryLimit: Int
    /// Views that an evaluation averages over; none is the examples as they are.
    package var averaging: [AveragedView]
    package var preprocessing: [Preprocessing]
    package var augmentation: [Augmentation]
    package var model: [LayerSpecification]
    /// Where each entry of `model` stands in the config, for errors about shapes.
    package var modelSettings: [Setting]
    package var initializer: Initializer
    /// What biases begin with; nil for the initializer's own.
    package var biasValue: Double?
    package var loss: Loss
    package var optimizer: OptimizerSpecification
    /// The optimizer's rate, the base of the schedule.
    package var learningRate: Double
    package var gradientClipping: GradientClipping?
    package var schedule: ScheduleSpecification
    package var plateau: PlateauPlan?
    package var earlyStopping: EarlyStoppingPlan?
    package var epochs: Int
    package var batchSize: Int
    package var shuffle: Bool
    package var dropLast: Bool
    package var seed: UInt64
    /// Threads of the worker pool; nil for one per core.
    package var threads: Int?
    package var statistics: StatisticsPlan
    /// The config the plan was read from, for errors about the whole.
    package var settings: Setting
}
