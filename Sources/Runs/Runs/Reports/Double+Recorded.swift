extension Double {
    /// Stands for a number that nobody recorded; one that went wrong is any other NaN.
    package static let notRecorded = Double(nan: 0x5172, signaling: false)

    /// The number, nil where nobody recorded it.
    package var recorded: Double? { isNaN && bitPattern == Self.notRecorded.bitPattern ? nil : self }

    /// Whether it was recorded and is no finite number.
    package var wentWrong: Bool { !isFinite && recorded != nil }
}
