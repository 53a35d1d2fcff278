/// Arithmetic of two arrays, element by element. The loops, on the Vector API and in plain Java, are generated.
///
/// In reading order:
/// - `Arithmetic`: the operations
/// - `DoubleArithmetic`: by vectors or in plain Java
/// - `DoubleArithmeticExercise`: gets the vector code compiled
package dev.lanewise.kernel.arithmetic;
