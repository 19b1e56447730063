import Fields
import Tensors

/// One of the fixed views of an example that an evaluation averages over.
package enum PictureVariant: Hashable, Sendable {
    /// As it is.
    case plain
    /// Mirrored left and right.
    case mirrored
    /// Pixel (y, x) is what (y + rows, x + columns) was; 0 where that lies outside.
    case shifted(rows: Int, columns: Int)

    func apply(to pixels: UnsafeMutablePointer<Float>, shape: Shape, scratch: UnsafeMutablePointer<Float>) {
        switch self {
        case .plain: break
        case .mirrored: PictureView(pixels, shape: shape).flipHorizontally()
        case .shifted(let rows, let columns):
            PictureView(pixels, shape: shape).shift(rows: rows, columns: columns, scratch: scratch)
        }
    }
}

/// What an evaluation averages over, as a config names it.
package enum AveragedView: Hashable, Sendable {
    case identity
    case horizontalFlip
    /// The four corners and the middle of the picture with so many rows and columns of 0 around it.
    case fiveCrops(padding: Int)

    /// The fixed views whose predictions are averaged, 1 or 5 of them.
    package var variants: [PictureVariant] {
        switch self {
        case .identity: [.plain]
        case .horizontalFlip: [.mirrored]
        case .fiveCrops(let padding):
            [
                .shifted(rows: -padding, columns: -padding), .shifted(rows: -padding, columns: padding),
                .shifted(rows: padding, columns: -padding), .shifted(rows: padding, columns: padding), .plain,
            ]
        }
    }
}

extension AveragedView: Alternatives {
    package static let alternatives: [Alternative<AveragedView>] = [
        Alternative { (_: Identity) in .identity },
        Alternative { (_: Mirrored) in .horizontalFlip },
        Alternative { (view: FiveCrops) in .fiveCrops(padding: view.padding) },
    ]

    package var chosen: any Written {
        switch self {
        case .identity: Identity()
        case .horizontalFlip: Mirrored()
        case .fiveCrops(let padding): FiveCrops(padding: padding)
        }
    }

    private struct Identity: Written {
        static let word = "identity"
        static let meaning = "the picture as it is"
        static let fields: [Field<Identity>] = []
    }

    private struct Mirrored: Written {
        static let word = "horizontalFlip"
        static let meaning = "the picture mirrored left and right"
        static let fields: [Field<Mirrored>] = []
    }

    private struct FiveCrops: Written {
        var padding = 4
        static let word = "fiveCrops"
        static let meaning = "the four corners and the middle of the padded picture"
        static let fields: [Field<FiveCrops>] = [
            Field("padding", \.padding, .integer(1...1_000), "rows and columns of 0 on each side").main
        ]
    }
}
