import Synchronization

/// Which pieces of a job are left: those from a first to an end, which threads take from either side until they meet.
///
/// One word holds the number of the job (32 bits), the end (16) and the first piece (16), so that who comes late can never
/// take a piece of one job for a piece of another.
struct PieceClaims: ~Copyable {
    private let word = Atomic<UInt64>(0)
    /// Pieces that a job may have.
    static let most = 0xFFFF

    /// The last job that was opened, modulo 2^32.
    var job: UInt64 { word.load(ordering: .sequentiallyConsistent) >> 32 }

    /// Offers the pieces of a job; what was written before is seen by whoever takes one.
    func open(_ job: UInt64, pieces: Int) {
        word.store(job << 32 | UInt64(pieces) << 16, ordering: .sequentiallyConsistent)
    }

    /// Takes the first piece or the last one; nil where none of this job is left.
    func take(of job: UInt64, fromEnd: Bool) -> Int? {
        var claim = word.load(ordering: .acquiring)
        while true {
            let (first, end) = (Int(claim & 0xFFFF), Int(claim >> 16 & 0xFFFF))
            guard claim >> 32 == job, first < end else { return nil }
            let (exchanged, current) = word.weakCompareExchange(
                expected: claim, desired: fromEnd ? claim - 0x1_0000 : claim + 1, ordering: .acquiringAndReleasing)
            if exchanged { return fromEnd ? end - 1 : first }
            claim = current
        }
    }
}
