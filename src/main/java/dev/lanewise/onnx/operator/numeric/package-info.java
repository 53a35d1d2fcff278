/// What computes element by element, or along axes.
///
/// In reading order:
/// - `NumericOperators`: which there are
/// - `Arithmetic`: sums, products, powers, the larger of two
/// - `Functions`: functions of single elements
/// - `Activations`: nonlinearities of layers
/// - `Softmaxes`: numbers that are shares of 1
/// - `Reductions`: sums, means, norms along axes
/// - `Comparisons`: what is true or false of two numbers
/// - `Where`: one of two numbers
package dev.lanewise.onnx.operator.numeric;
