/// The gates of recurrent layers, step by step: values, tangents, cotangents and their tangents, from kept values.
///
/// In reading order:
/// - `DoubleLstm`: the gates of long short-term memory: on vectors or in plain Java
/// - `DoubleVectorLstm`: on vectors
/// - `DoublePortableLstm`: in plain Java
/// - `DoubleGru`: the gates of gated recurrent units: on vectors or in plain Java
/// - `DoubleVectorGru`: on vectors
/// - `DoublePortableGru`: in plain Java
/// - `DoubleRnn`: the one function of a plain recurrent layer
/// - `DoubleGateExercise`: gets the vector code compiled, and tells whether it is yet
package dev.lanewise.kernel.recurrent;
