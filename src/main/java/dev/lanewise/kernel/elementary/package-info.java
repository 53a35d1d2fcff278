/// Elementary functions over arrays besides eˣ: logarithms, eˣ − 1, sine and cosine, powers. The loops on vectors are
/// generated from `src/build/functions`.
///
/// In reading order:
/// - `Elementary`: the functions by name, and their special values
/// - `DoublePortableElementary`: over arrays in plain Java
/// - `DoubleVectorElementary`: the same on vectors
/// - `DoubleTrigonometry`: sine and cosine, number by number
/// - `FloatTrigonometry`: the same in `float`
/// - `HugeAngle`: sines of the largest arguments, in either precision
/// - `DoublePower`: powers, number by number
/// - `FloatPower`: the same in `float`
/// - `DoubleSimplePowers`: squares, roots, quotients
package dev.lanewise.kernel.elementary;
