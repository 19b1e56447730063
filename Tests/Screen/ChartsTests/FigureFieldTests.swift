import Charts
import Testing

@Suite("Numbers in fields")
struct FigureFieldTests {
    @Test(
        arguments: [
            (0.0171, "0.0171"), (0.182, " 0.182"), (15.6, "  15.6"), (4.2e-4, "4.2e-4"), (1.54, "  1.54"),
            (0.0957, "0.0957"), (0, "     0"), (1, "  1.00"), (100, "   100"), (999, "   999"), (999.4, "   999"),
            (999.6, " 1.0e3"), (1234, " 1.2e3"), (9.996, "  10.0"), (99.96, "   100"), (0.00999, "0.0100"),
            (0.0099, "9.9e-3"), (0.01, "0.0100"), (9.96e-4, "1.0e-3"), (1e-10, " 1e-10"), (1e10, "1.0e10"),
            (1e100, " 1e100"), (1e-100, "1e-100"), (.leastNonzeroMagnitude, "5e-324"), (1.7e308, " 2e308"),
            (-0.0171, "-0.017"),
            (-4.2e-4, " -4e-4"), (-15.6, " -15.6"), (-0.0, "     0"),
        ])
    func `a figure has 3 digits in 6 columns`(_ value: Double, _ expected: String) {
        #expect(FigureField.figure(value) == expected)
    }

    @Test(
        arguments: [
            (0.0171, " 0.0171"), (-0.0171, "-0.0171"), (-4.2e-4, "-4.2e-4"), (-15.6, "  -15.6"), (1e-100, " 1e-100"),
            (-1e-100, "-1e-100"), (-999.6, " -1.0e3"), (-1e10, "-1.0e10"),
        ])
    func `a signed figure has 7 columns`(_ value: Double, _ expected: String) {
        #expect(FigureField.figure(value, signed: true) == expected)
    }

    @Test(
        arguments: [
            (4.1, "  4.10 s"), (0.0123, "  12.3 ms"), (0.000_85, "   850 µs"), (0, "     0 µs"), (0.9994, "   999 ms"),
            (0.9996, "  1.00 s"), (120, "   120 s"), (5e-9, "5.0e-3 µs"),
        ])
    func `a length of time has the unit that suits it`(_ seconds: Double, _ expected: String) {
        let time = FigureField.time(seconds)
        #expect("\(time.figure) \(time.unit)" == expected)
    }

    @Test(arguments: [
        (412e6, "   412 MB"), (12.3e9, "  12.3 GB"), (999.6e6, "  1.00 GB"), (850, "   850 B"), (0, "     0 MB"),
    ])
    func `memory has the unit that suits it`(_ bytes: Double, _ expected: String) {
        let measure = FigureField.bytes(bytes)
        #expect("\(measure.figure) \(measure.unit)" == expected)
    }

    @Test
    func `what is not known has no unit of its own`() {
        #expect(FigureField.time(nil).figure == "     –" && FigureField.time(.nan).unit == "ms")
    }

    @Test
    func `what is no number is a word, what is missing a dash`() {
        #expect(FigureField.figure(nil) == "     –")
        #expect(FigureField.figure(.nan) == "   NaN")
        #expect(FigureField.figure(.infinity) == "   Inf")
        #expect(FigureField.figure(-.infinity) == "  -Inf")
        #expect(FigureField.figure(nil, signed: true) == "      –")
        #expect(FigureField.percent(nil, decimals: true) == "      –")
        #expect(FigureField.percent(.nan, decimals: false) == "  NaN")
    }

    @Test
    func `no value leaves its field`() {
        for exponent in -330...308 {
            for mantissa in [1, -1, 9.9949, -9.9951, 5.55] {
                let value =
                    mantissa * (exponent < -300 ? 1e-300 : 1) * power(exponent < -300 ? exponent + 300 : exponent)
                #expect(FigureField.figure(value).unicodeScalars.count == 6, "\(value)")
                #expect(FigureField.figure(value, signed: true).unicodeScalars.count == 7, "\(value)")
                #expect(FigureField.percent(value, decimals: true).unicodeScalars.count == 7, "\(value)")
                #expect(FigureField.percent(value, decimals: false).unicodeScalars.count == 5, "\(value)")
                #expect(FigureField.speed(abs(value)).unicodeScalars.count == 5, "\(value)")
            }
        }
    }

    private func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 0 }

    @Test(
        arguments: [
            (0.968, " 96.8 %", " 97 %"), (0.384, " 38.4 %", " 38 %"), (1, "100.0 %", "100 %"), (0, "  0.0 %", "  0 %"),
            (12, ">999 %", ">99 %"), (-0.05, " -5.0 %", " -5 %"), (-2, "<-99 %", "<-9 %"),
        ])
    func `a share is percent with or without decimals`(_ share: Double, _ long: String, _ short: String) {
        #expect(FigureField.percent(share, decimals: true).suffix(long.count) == long)
        #expect(FigureField.percent(share, decimals: false) == short)
    }

    @Test(
        arguments: [
            (0, 3750, "    0"), (840, 3750, "  840"), (2140, 3750, "2,140"), (1_234_567, 10_000_000, " 1,234,567"),
            (12_345, 9, "12,345"), (-1500, 3750, "-1,500"),
        ])
    func `steps are as wide as their total`(_ number: Int, _ total: Int, _ expected: String) {
        #expect(FigureField.steps(number, asWideAs: total) == expected)
    }

    @Test
    func `the extreme step numbers have a text`() {
        #expect(FigureField.steps(.min, asWideAs: 0) == "-9,223,372,036,854,775,808")
    }

    @Test(
        arguments: [
            (2180, "2.18k"), (850, "  850"), (12_300, "12.3k"), (1_020_000, "1.02M"), (85.2, " 85.2"), (8.52, " 8.52"),
            (0.513, " 0.51"), (0, "    0"), (999.6, "1.00k"), (999_600, "1.00M"), (123_400, " 123k"), (2e9, "2.00G"),
            (1e18, " 1e18"), (.nan, "    –"), (-1, "    –"), (.infinity, "    –"),
        ])
    func `speed has 3 digits in 5 columns`(_ value: Double, _ expected: String) {
        #expect(FigureField.speed(value) == expected)
    }

    @Test(
        arguments: [
            (51, "0:51"), (727, "12:07"), (11_527, "3:12:07"), (187_200, "2 d 04 h"), (0, "0:00"), (59.6, "1:00"),
            (3599.9, "1:00:00"), (86_399.9, "1 d 00 h"), (-1, "–"), (.nan, "–"), (.infinity, "–"), (1e15, "–"),
        ])
    func `durations have the units that matter`(_ seconds: Double, _ expected: String) {
        #expect(FigureField.duration(seconds) == expected)
    }
}
