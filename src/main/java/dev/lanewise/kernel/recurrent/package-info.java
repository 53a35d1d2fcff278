/// The gates of recurrent layers, step by step: values, tangents, cotangents and their tangents, from kept values.
/// `src/build/PlainGates.java` derives the plain Java from the loops on vectors.
///
/// In reading order:
/// - `DoubleLstm`: the gates of long short-term memory: on vectors or in plain Java
/// - `DoubleVectorLstm`: on vectors
/// - `DoubleGru`: the gates of gated recurrent units: on vectors or in plain Java
/// - `DoubleVectorGru`: on vectors
/// - `DoubleRnn`: the one function of a plain recurrent layer
/// - `DoubleGateExercise`: gets the vector code compiled, and tells whether it is yet
package dev.lanewise.kernel.recurrent;
