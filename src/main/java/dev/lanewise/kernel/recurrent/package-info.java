/// The gates of recurrent layers, step by step: values, tangents, cotangents and theirs, from what was kept once.
///
/// In reading order:
/// - `DoubleLstm`: the gates of long short-term memory: on vectors or in plain Java
/// - `DoubleVectorLstm`: on vectors
/// - `DoublePortableLstm`: in plain Java
/// - `DoubleGru`: the gates of gated recurrent units: on vectors or in plain Java
/// - `DoubleVectorGru`: on vectors
/// - `DoublePortableGru`: in plain Java
/// - `DoubleRnn`: the one function of a plain recurrent layer
/// - `DoubleGateExercise`: whether steps are computed by vectors yet, and what has them compiled
package dev.lanewise.kernel.recurrent;
