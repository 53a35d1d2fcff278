/// Random numbers that follow from a seed and a place in a sequence. Not exported.
///
/// In reading order:
/// - `SplitMix64`: the numbers of a seed's sequence, each by its index
package dev.lanewise.random;
