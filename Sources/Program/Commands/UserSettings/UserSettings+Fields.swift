import Cells
import Dashboard
import Fields
import History
import Settings
import Themes

extension UserSettings: Written {
    package static let word = "settings"
    package static let meaning = "habits of a person at the dashboard"
    package static let example = "{ theme: \"sitter-night\", frameRate: 5 }"
    package static let fields: [Field<UserSettings>] = [
        Field("theme", \.theme, .optional(.text), "a theme's name or file").otherwise("sitter-dark"),
        Field("colors", \.colors, .optional(.depth), "how many colours are shown").otherwise("what the terminal has"),
        Field("glyphs", \.glyphs, .optional(.glyphs), "what curves are made of").otherwise("what the terminal shows"),
        Field("frameRate", \.frameRate, .number(.within(1...30)), "frames a second while you are at the keys"),
        Field("screen", \.screen, .optional(.screen), "where the dashboard opens").otherwise("the config's"),
        Field(
            "smoothing", \.smoothing, .optional(.smoothing),
            "the share of the steps so far that lines are averaged over; 0 is off"
        )
        .otherwise("0.03"),
        Field(
            "lossAxis", \.logarithmicLoss, .optional(.words(ChartSettings.logarithmic)),
            "how the loss is drawn"
        ).otherwise("logarithmic"),
        Field("xAxis", \.xAxis, .optional(.xAxis), "what the x axis counts").otherwise("steps"),
        Field(
            "mouse", \.mouse, .optional(.flag),
            "whether the mouse is the dashboard's; else the terminal selects text with it"
        )
        .otherwise("true"),
        Field("bell", \.bell, .occasions, "what the terminal's bell rings for"),
        Field("title", \.title, .flag, "whether the window's title tells how far the run is"),
        Field("remember", \.remembersView, .flag, "whether where you were last is remembered"),
        Field("readOnly", \.isReadOnly, .flag, "whether keys that steer do nothing"),
        Field(
            "save", \.saves, .flag,
            "whether every training keeps its run in a folder under runs/, as with --save; --run DIR and --no-save win"),
        Field(
            "onHangup", \.onHangup, .word,
            "whether a run with a directory goes on when its terminal is closed or its line is lost, or stops"),
    ]

    /// Decodes the file's one object; errors know line and column.
    package init(_ setting: Setting) throws(SettingsError) {
        self = try FieldReader().read(UserSettings.self, from: setting, beside: ["keys"])
        if let keys = try setting.object()["keys"] { self.keys = try Self.keyTable(keys) }
    }
}

extension FieldType<ColorDepth> {
    /// A colour depth by the name of `--colors`; 256 and 16 read best without quotes.
    fileprivate static let depth = FieldType(
        .either([
            .checked(.number(.all), words: "256 or 16") { number in
                [256, 16].contains(number.asNumber) ? nil : "colors are \"truecolor\", 256, 16 or \"mono\""
            }, .word(UserSettings.depths.keys.sorted()),
        ]),
        decode: { value in
            if case .text(let name) = value { return UserSettings.depths[name] ?? .trueColor }
            return value.asNumber == 256 ? .palette256 : .ansi16
        }, encode: { depth in UserSettings.depths.first { $0.value == depth }.map { .text($0.key) } })
}

extension FieldType<GlyphSet> {
    fileprivate static let glyphs = FieldType.words(GlyphSet.named)
}

extension FieldType<Double> {
    /// The share of the steps so far that lines are averaged over.
    static let smoothing = number(.within(0...MovingAverage.largestShare))
}

extension FieldType<ChartSettings.XAxis> {
    /// What an x axis counts.
    static let xAxis = FieldType.words(ChartSettings.XAxis.named)
}

extension FieldType<Screen> {
    /// A screen's name.
    static let screenName = FieldType(
        .word(Screen.allCases.map { "\($0)" }.sorted()),
        decode: { value in
            guard case .text(let name) = value, let screen = Screen.allCases.first(where: { "\($0)" == name }) else {
                preconditionFailure("\(value) is no screen")
            }
            return screen
        }, encode: { .text("\($0)") })

    /// A screen's name or digit.
    fileprivate static let screen = FieldType(
        .either([.integer(1...Screen.allCases.count), screenName.form]),
        decode: { if case .integer(let number) = $0 { Screen.allCases[number - 1] } else { screenName.decode($0) } },
        encode: screenName.encode)
}

extension FieldType<Set<BellOccasion>> {
    /// `true`, `false`, one occasion or a list of them.
    fileprivate static let occasions = FieldType(
        .either([.flag, FieldType<BellOccasion>.word.form, .list(FieldType<BellOccasion>.word.form)]),
        decode: { value in
            switch value {
            case .flag(let rings): rings ? Set(BellOccasion.allCases) : []
            case .list(let names): Set(names.map(FieldType<BellOccasion>.word.decode))
            default: [FieldType<BellOccasion>.word.decode(value)]
            }
        },
        encode: { rings in .list(rings.map(\.rawValue).sorted().map { .text($0) }) })
}
