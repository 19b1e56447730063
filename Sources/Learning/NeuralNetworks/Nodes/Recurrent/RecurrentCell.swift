/// What happens in one step of a recurrent layer.
enum RecurrentCell {
    /// h = tanh(W x + b + W' h + b')
    case tanh
    /// h = max(0, W x + b + W' h + b')
    case relu
    /// Gates i, f, g, o; c = f c + i g; h = o tanh(c) (Hochreiter and Schmidhuber, 1997).
    case lstm

    var gateCount: Int { self == .lstm ? 4 : 1 }
}
