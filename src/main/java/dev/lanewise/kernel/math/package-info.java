/// Functions: number by number, and over arrays in the same steps, so with the same bits. The order of sums.
/// The functions over arrays (`DoubleVectorMath` …) are generated from `src/build/functions`.
///
/// In reading order:
/// - `DoubleMath`: eˣ and functions made of it, number by number
/// - `FloatMath`: the same in `float`
/// - `DoubleLogistic`: σ, softplus, silu
/// - `FloatLogistic`: the same in `float`
/// - `DoubleTanh`: tanh
/// - `FloatTanh`: the same in `float`
/// - `DoubleNormal`: gelu and its slope, by the normal distribution
/// - `FloatNormal`: the same in `float`
/// - `DoubleMish`: mish and its slope
/// - `FloatMish`: the same in `float`
/// - `DoubleErf`: the error function
/// - `FloatErf`: the same in `float`
/// - `DoubleSums`: the one order of each sum: dot products, sums of rows
package dev.lanewise.kernel.math;
