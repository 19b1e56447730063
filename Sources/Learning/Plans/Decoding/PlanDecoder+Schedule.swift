import Runs
import Settings

extension PlanDecoder {
    func schedule(_ setting: Setting?, base: Double) throws(SettingsError) -> ScheduleSpecification {
        guard let setting else { return ScheduleSpecification() }
        return try FieldReader().read(ScheduleSpecification.self, from: setting).completed(base: base)
    }
}
