/// Nodes of a file that spell out what has an operator become that operator, before they are translated.
///
/// In reading order:
/// - `Patterns`: which there are
/// - `Wiring`: a graph while its nodes are replaced
/// - `Scalars`: constants that a node tells without a tensor
/// - `Match`: the nodes that may be a pattern
/// - `Aliases`: Identity, and dropout at inference
/// - `Polynomial`: what a value is of another one
/// - `Factors`: a product taken apart
/// - `Softplus`: log(1 + eˣ)
/// - `Gates`: GELU, SiLU, Mish
/// - `Mean`: a mean over the last axes
/// - `Norms`: layer norm and root mean square norm
/// - `AffineMaps`: a product and a bias
/// - `AffineParts`: the weights of an affine map
/// - `BatchNorms`: batch norm behind an affine map
package dev.lanewise.onnx.pattern;
