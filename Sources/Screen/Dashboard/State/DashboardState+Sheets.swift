import Runs

extension DashboardState {
    /// The editor of the rest of the schedule, nil while it is closed.
    package var scheduleSheet: ScheduleSheet? { if case .schedule(let sheet)? = overlay { sheet } else { nil } }

    /// What the editor would do.
    package var scheduleDraft: ScheduleDraft? {
        scheduleSheet.map { ScheduleDraft($0, status: live.status, description: live.description) }
    }
}
