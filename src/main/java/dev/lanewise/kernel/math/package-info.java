/// Functions: number by number, and over arrays in the same steps, so with the same bits. The order of sums.
/// Loops near 0 (`DoubleNearMath` …) and float's loops from tables (`FloatVectorTanh` …) are generated.
///
/// In reading order:
/// - `DoubleMath`: eˣ and functions made of it, number by number
/// - `FloatMath`: the same in `float`
/// - `DoubleVectorMath`: over arrays
/// - `FloatVectorMath`: the same in `float`
/// - `DoubleLogistic`: σ, softplus, silu
/// - `FloatLogistic`: the same in `float`
/// - `DoubleVectorLogistic`: over arrays
/// - `FloatVectorLogistic`: the same in `float`
/// - `DoubleTanh`: tanh
/// - `FloatTanh`: the same in `float`
/// - `DoubleVectorTanh`: over arrays
/// - `DoubleNormal`: gelu and its slope, by the normal distribution
/// - `FloatNormal`: the same in `float`
/// - `DoubleVectorNormal`: over arrays
/// - `DoubleMish`: mish and its slope
/// - `FloatMish`: the same in `float`
/// - `DoubleVectorMish`: over arrays
/// - `FloatVectorMish`: the same in `float`
/// - `DoubleErf`: the error function
/// - `FloatErf`: the same in `float`
/// - `DoubleVectorErf`: over arrays
/// - `DoubleSums`: the one order of each sum: dot products, sums of rows
package dev.lanewise.kernel.math;
