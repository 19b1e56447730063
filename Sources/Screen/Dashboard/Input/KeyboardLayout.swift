import Cells

/// Keyboards whose letters are not Latin: a letter acts as the key it lies on, in the places of QWERTY.
enum KeyboardLayout {
    /// ЙЦУКЕН with the letters of Russian and Ukrainian, and the Greek one.
    private static let rows: [(letters: String, keys: String)] = [
        ("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"),
        ("ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ", "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"),
        ("іїєІЇЄ", "s]'S}\""),
        ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
        ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    ]

    private static let places: [Character: Character] = rows.reduce(into: [:]) { places, row in
        for (letter, key) in zip(row.letters, row.keys) { places[letter] = key }
    }

    /// The key of a QWERTY keyboard where a letter lies, nil of any other character.
    static func key(under letter: Character) -> Character? { places[letter] }
}
