import Cells
import Charts
import Dashboard

/// What one looks at most: loss, accuracy and rate over the steps, the layers, the log.
enum OverviewScreen: PanelScreen {
    static let screen = Screen.overview
    static let panels: [any Panel.Type] = [
        LossPanel.self, AccuracyPanel.self, LearningRatePanel.self, LayersPanel.self, LogPanel.self,
    ]
    static let small: any SmallScreen.Type = SmallOverview.self

    /// Loss, accuracy and rate on the left, layers and log on the right.
    static func layOut(_ layout: inout ScreenLayout, layerCount: Int, clips: Bool) {
        let (size, frame, splits) = (layout.size, layout.frame, layout.splits)
        let last = frame.endY - 1
        let right = size.width - 1
        layout.dividerX = ScreenLayout.divider(width: size.width, splits: splits)
        let edge = layout.dividerX ?? right
        let hasEpochs = size.height >= 40
        let hasAccuracy = size.height >= 24
        let hasRate = size.height >= 16
        let rows = last - frame.y
        var accuracyRows = 0
        var rateRows = 0
        if hasAccuracy {
            accuracyRows = max(5, Int((0.22 * Double(rows)).rounded()))
            rateRows = max(5, Int(0.28 * Double(rows)))
        } else if hasRate {
            rateRows = max(4, Int(0.33 * Double(rows)))
        }
        var lossEnd = last - accuracyRows - rateRows - (hasRate ? 0 : 1)
        if hasAccuracy {
            let rateStart = layout.row(of: splits.lower, usual: last - rateRows, within: frame.y + 8...last - 4)
            lossEnd = layout.row(
                of: splits.upper, usual: min(lossEnd, rateStart - 4), within: frame.y + 4...rateStart - 4)
            accuracyRows = rateStart - lossEnd
        } else if hasRate {
            lossEnd = layout.row(of: splits.lower, usual: lossEnd, within: frame.y + 4...last - 4)
        }
        layout.addChart(.loss, in: layout.add(.loss, from: frame.y, to: lossEnd, left: 0, right: edge))
        let accuracyEnd = lossEnd + accuracyRows
        if hasAccuracy {
            layout.addChart(.accuracy, in: layout.add(.accuracy, from: lossEnd, to: accuracyEnd, left: 0, right: edge))
            layout.addRuling(.upper, row: lossEnd)
        }
        if let divider = layout.dividerX {
            layOutRightPane(&layout, left: divider, split: lossEnd, layerCount: layerCount)
        }
        if hasRate {
            let rate = layout.add(.learningRate, from: accuracyEnd, to: last, left: 0, right: edge)
            layout.addChart(.learningRate, in: rate, rowsBelow: hasEpochs ? 1 : 0)
            layout.addRuling(.lower, row: accuracyEnd, before: layout.dividerX)
        } else {
            layout.rateRow = last - 1
        }
        if hasEpochs { layout.epochRow = last - 1 }
    }

    /// The layers above the log; their ruling meets that of loss and accuracy in one crossing while the rows suffice.
    private static func layOutRightPane(
        _ layout: inout ScreenLayout, left: Int, split: Int, layerCount: Int
    ) {
        let (size, frame) = (layout.size, layout.frame)
        let last = frame.endY - 1
        let right = size.width - 1
        layout.rowsPerLayer = size.height >= 50 ? 3 : size.height >= 40 ? 2 : 1
        let header = LayersPanel.headerRows(size)
        let wanted = frame.y + 1 + header + layout.rowsPerLayer * layerCount
        var layersEnd = split
        if size.height >= 50 {
            // Taller screens give the layers all their rows, and the log keeps at least twelve.
            layersEnd = min(max(wanted, frame.y + 4), last - 12)
        }
        if size.height < 16 { layersEnd = frame.y + max(3, (last - frame.y) / 2) }
        // Fewer rows a layer before layers without a row.
        layout.fitLayers(into: layersEnd - frame.y - 1 - header, most: layout.rowsPerLayer)
        if size.height >= 50, layerCount > 0 {
            // Rows that the layers cannot share evenly go to what stands below them.
            layersEnd = min(layersEnd, max(frame.y + 4, frame.y + 1 + header + layout.rowsPerLayer * layerCount))
        }
        layout.add(.layers, from: frame.y, to: layersEnd, left: left, right: right)
        var logStart = layersEnd
        if size.height >= 50, layerCount > 0, last - layersEnd >= layerCount + 1 + 9 {
            layout.updatesRect = layout.panel(from: layersEnd, to: layersEnd + layerCount + 1, left: left, right: right)
            logStart = layersEnd + layerCount + 1
        }
        layout.add(.log, from: logStart, to: last, left: left, right: right)
        // One ruling across both panes.
        if logStart == layersEnd, layersEnd == split { layout.addRuling(.upper, row: logStart) }
    }

    // MARK: What is no panel

    static func headings(_ scene: Scene) -> [Frame.Heading] {
        scene.layout.updatesRect.map { [UpdateGauges(scene: scene).heading($0)] } ?? []
    }

    static func drawRest(_ scene: Scene, on canvas: inout Canvas) {
        let layout = scene.layout
        if let rect = layout.updatesRect { UpdateGauges(scene: scene).draw(in: rect, on: &canvas) }
        if let row = layout.rateRow {
            // The rate as figures, where its chart found no room.
            canvas.write(
                RateLine(scene: scene).spans, x: 2, y: row,
                limit: layout.panelRects[.loss]?.width ?? canvas.size.width - 2)
        }
    }
}
