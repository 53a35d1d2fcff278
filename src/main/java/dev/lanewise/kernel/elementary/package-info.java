/// Elementary functions over arrays beside eˣ: logarithms, eˣ − 1, sine and cosine, powers.
///
/// In reading order:
/// - `Elementary`: the functions by name, and their special values
/// - `DoublePortableElementary`: over arrays in plain Java
/// - `DoublePower`: powers with one exponent for all numbers
package dev.lanewise.kernel.elementary;
