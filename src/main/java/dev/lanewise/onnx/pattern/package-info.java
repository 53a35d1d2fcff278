/// Patterns: groups of nodes that spell out one operator are merged into that operator before translation.
///
/// In reading order:
/// - `Patterns`: the patterns in order
/// - `Wiring`: a graph while its nodes are replaced
/// - `Scalars`: constants that a node has without a tensor
/// - `Match`: candidate nodes of a pattern
/// - `Aliases`: Identity, and dropout at inference
/// - `Polynomial`: a value as a polynomial of another one
/// - `Factors`: a product taken apart
/// - `Softplus`: log(1 + eˣ)
/// - `Gates`: GELU, SiLU, Mish
/// - `Mean`: a mean over the last axes
/// - `Norms`: layer norm and root mean square norm
/// - `AffineMaps`: a product and a bias
/// - `AffineParts`: the weights of an affine map
/// - `BatchNorms`: batch norm after an affine map
package dev.lanewise.onnx.pattern;
