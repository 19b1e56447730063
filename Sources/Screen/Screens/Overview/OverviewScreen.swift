import Cells

extension ScreenLayout {
    /// Loss, accuracy and rate on the left, layers and log on the right.
    mutating func layOutOverview(layerCount: Int) {
        let last = frame.endY - 1
        let right = size.width - 1
        dividerX = Self.divider(width: size.width, splits: splits)
        let edge = dividerX ?? right
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
        var row = frame.y
        var lossEnd = last - accuracyRows - rateRows - (hasRate ? 0 : 1)
        if hasAccuracy {
            let rateStart = self.row(of: splits.lower, usual: last - rateRows, within: frame.y + 8...last - 4)
            lossEnd = self.row(
                of: splits.upper, usual: min(lossEnd, rateStart - 4), within: frame.y + 4...rateStart - 4)
            accuracyRows = rateStart - lossEnd
        } else if hasRate {
            lossEnd = self.row(of: splits.lower, usual: lossEnd, within: frame.y + 4...last - 4)
        }
        let loss = panel(from: row, to: lossEnd, left: 0, right: edge)
        panelRects[.loss] = loss
        plotRects[.loss] = plot(in: loss)
        row = lossEnd
        if hasAccuracy {
            let accuracy = panel(from: row, to: row + accuracyRows, left: 0, right: edge)
            panelRects[.accuracy] = accuracy
            plotRects[.accuracy] = plot(in: accuracy)
            row += accuracyRows
        }
        if hasRate {
            let rate = panel(from: row, to: last, left: 0, right: edge)
            panelRects[.learningRate] = rate
            plotRects[.learningRate] = plot(in: rate, rowsBelow: hasEpochs ? 1 : 0)
        } else {
            rateRow = last - 1
        }
        if hasEpochs { epochRow = last - 1 }
        guard let dividerX else { return }
        layOutRightPane(left: dividerX, split: lossEnd, layerCount: layerCount)
    }

    /// The layers above the log; their ruling meets that of loss and accuracy in one crossing while the rows suffice.
    private mutating func layOutRightPane(left: Int, split: Int, layerCount: Int) {
        let last = frame.endY - 1
        let right = size.width - 1
        rowsPerLayer = size.height >= 50 ? 3 : size.height >= 40 ? 2 : 1
        let header = size.height >= 30 ? 1 : 0
        let wanted = frame.y + 1 + header + rowsPerLayer * layerCount
        var layersEnd = split
        if size.height >= 50 {
            // Taller screens give the layers all their rows, and the log keeps at least twelve.
            layersEnd = min(max(wanted, frame.y + 4), last - 12)
            while rowsPerLayer > 1, layersEnd < frame.y + 1 + header + rowsPerLayer * layerCount { rowsPerLayer -= 1 }
        }
        if size.height < 16 { layersEnd = frame.y + max(3, (last - frame.y) / 2) }
        panelRects[.layers] = panel(from: frame.y, to: layersEnd, left: left, right: right)
        var logStart = layersEnd
        if size.height >= 50, layerCount > 0, last - layersEnd >= layerCount + 1 + 9 {
            updatesRect = panel(from: layersEnd, to: layersEnd + layerCount + 1, left: left, right: right)
            logStart = layersEnd + layerCount + 1
        }
        panelRects[.log] = panel(from: logStart, to: last, left: left, right: right)
    }

    /// The table of all layers above two charts over depth.
    mutating func layOutDepth(layerCount: Int) {
        let last = frame.endY - 1
        let right = size.width - 1
        let rows = last - frame.y - 1
        let header = depthHeaderRows
        let count = max(1, layerCount)
        let hasTrends = rows >= header + 4 + 5 && layerCount > 1
        rowsPerLayer = 3
        if hasTrends, rows - header - 4 * count >= 12 { rowsPerLayer = 4 }
        // Very tall screens give two thirds to the layers.
        rowsPerLayer = max(rowsPerLayer, min(10, (rows - header - max(16, rows / 3)) / count))
        while rowsPerLayer > 1, header + rowsPerLayer * count + (hasTrends ? 6 : 0) > rows { rowsPerLayer -= 1 }
        guard hasTrends else {
            panelRects[.depth] = panel(from: frame.y, to: last, left: 0, right: right)
            return
        }
        let used = min(header + rowsPerLayer * count, rows - 6)
        let trendRow = frame.y + 1 + used
        panelRects[.depth] = panel(from: frame.y, to: trendRow, left: 0, right: right)
        if width >= .compact {
            let middle = (size.width - 2) / 2
            dividerX = middle
            place(.stdTrend, from: trendRow, left: 0, right: middle)
            place(.signalTrend, from: trendRow, left: middle, right: right)
        } else {
            place(.stdTrend, from: trendRow, left: 0, right: right)
        }
    }

    private mutating func place(_ trend: Panel, from top: Int, left: Int, right: Int) {
        let rect = panel(from: top, to: frame.endY - 1, left: left, right: right)
        panelRects[trend] = rect
        plotRects[trend] = Rect(
            x: left + Self.plotStart, y: top + 1, width: right - left - Self.plotStart - 1, height: rect.height - 1)
    }

    /// Rows of column heads above the layers.
    package var depthHeaderRows: Int { size.height >= 30 ? 2 : 1 }

    /// One panel in the whole frame.
    mutating func layOut(enlarged: Panel) {
        let rect = panel(from: frame.y, to: frame.endY - 1, left: 0, right: size.width - 1)
        panelRects[enlarged] = rect
        rowsPerLayer = 1
        switch enlarged {
        case .loss, .accuracy, .learningRate, .schedule, .gradientNorms, .updateRatios, .clippedSteps, .speed, .memory:
            if size.height >= 30 { epochRow = frame.endY - 2 }
            plotRects[enlarged] = plot(in: rect, rowsBelow: epochRow == nil ? 0 : 1)
        case .stdTrend, .signalTrend: plotRects[enlarged] = plot(in: rect)
        case .depth, .layers: rowsPerLayer = 3
        case .layerUpdates: rowsPerLayer = 2
        case .log, .story, .rateChanges, .scheduleRest, .stepTimes, .dashboardCost: break
        }
    }
}
