/// What the person was looking at: taken before a key, so that a burst of typing can be taken back whole.
package struct ViewPlace: Hashable, Sendable {
    var screen: Screen
    var focus: Panel
    var enlarged: Panel?
    var overlay: Overlay?
    var charts: ChartSettings
    var selectedLayer: Int
    var openedLayer: Int?
    var layersByTrouble: Bool
    var layerFilter: String
    var logFilter: String
    var logScroll: Int
    var isFrozen: Bool
    var storyScroll: Int
    var storyShift: Int
    var changesScroll: Int
    var logarithmicSchedule: Bool
}

extension DashboardState {
    /// Where the person is now.
    var place: ViewPlace {
        ViewPlace(
            screen: screen, focus: focus, enlarged: enlarged, overlay: overlay, charts: charts,
            selectedLayer: selectedLayer, openedLayer: openedLayer, layersByTrouble: layersByTrouble,
            layerFilter: layerFilter, logFilter: logFilter, logScroll: logScroll, isFrozen: frozenSince != nil,
            storyScroll: storyScroll, storyShift: storyShift, changesScroll: changesScroll,
            logarithmicSchedule: logarithmicSchedule)
    }

    /// Goes back to a place. Sheets that ask about the run are closed: nobody was answering them.
    mutating func go(back place: ViewPlace) {
        if place.isFrozen != (frozenSince != nil) { freeze() }
        if place.charts.smoothing != charts.smoothing { smooth(with: place.charts.smoothing) }
        screen = place.screen
        focus = place.focus
        enlarged = place.enlarged
        charts = place.charts
        selectedLayer = place.selectedLayer
        openedLayer = place.openedLayer
        layersByTrouble = place.layersByTrouble
        layerFilter = place.layerFilter
        logFilter = place.logFilter
        logScroll = min(place.logScroll, max(0, history.events.count - 1))
        storyScroll = min(place.storyScroll, max(0, story.count - 1))
        storyShift = place.storyShift
        changesScroll = min(place.changesScroll, max(0, history.rateChanges.count - 1))
        logarithmicSchedule = place.logarithmicSchedule
        switch place.overlay {
        case .help: overlay = place.overlay
        case .form, .stop, .quit, .palette, .search, .rate, .schedule, nil: overlay = nil
        }
    }
}
