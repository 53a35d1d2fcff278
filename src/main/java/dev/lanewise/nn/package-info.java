/// The built-in layers, each a record of hyper-parameters with its card of formulas.
///
/// In reading order:
/// - `Dense`: y = φ(x·Wᵀ + b)
/// - `DenseLinearization`: its tangents and cotangents
/// - `Elementwise`: an activation of its own
/// - `Softmax`: probabilities of logits
/// - `LogSoftmax`: their logarithms
/// - `Dropout`: units left out at random in training
/// - `Standardization`: columns shifted and scaled by fixed numbers
/// - `Sequential`: layers one after the other
/// - `SequentialLinearization`: their tangents and cotangents
package dev.lanewise.nn;

