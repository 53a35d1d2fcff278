/// Arithmetic of two arrays, element by element.
///
/// In reading order:
/// - `Arithmetic`: the operations
/// - `DoubleArithmetic`: by vectors or in plain Java
/// - `DoublePortableArithmetic`: in plain Java
/// - `DoubleVectorArithmetic`: on the Vector API
/// - `DoubleArithmeticExercise`: gets the vector code compiled
package dev.lanewise.kernel.arithmetic;
