/// Activations φ with φ′ and φ″, and the other functions of single elements.
///
/// In reading order:
/// - `Nonlinearity`: the kinds of φ: formulas, and what each keeps for its slope
/// - `DoublePortableElementwise`: φ and φ′ over arrays in plain Java, and by kind
/// - `DoubleVectorElementwise`: the same on vectors; `DoubleVectorLoops`, generated from `src/build/loops`, has its
///   loops of a few instructions a vector
/// - `DoubleVectorBias`: φ(z + b) along rows
/// - `DoubleCurvature`: φ″ of a number, by kind
/// - `DoubleVectorCurvature`: the same over arrays
package dev.lanewise.kernel.elementwise;
