/// Operators that compute element by element, or along axes.
///
/// In reading order:
/// - `NumericOperators`: the table of rules
/// - `Arithmetic`: sums, products, powers, the larger of two
/// - `Functions`: functions of single elements
/// - `Activations`: nonlinearities of layers
/// - `Softmaxes`: softmax and its relatives
/// - `Reductions`: sums, means, norms along axes
/// - `Comparisons`: comparisons of numbers, and logic
/// - `Where`: one of two numbers
package dev.lanewise.onnx.operator.numeric;
