/// Random numbers determined by a seed and a position in a sequence. Not exported.
///
/// In reading order:
/// - `SplitMix64`: the numbers of a seed's sequence, each by its index
package dev.lanewise.random;
