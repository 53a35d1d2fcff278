/// The building blocks of modern networks: normalisations, residual blocks, branches, attention, embeddings.
///
/// Most are expressions ([dev.lanewise.graph]); parameters have PyTorch's names, order and initial values.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `Residual`: y = x + f(x)
/// - `ResidualLinearization`: its tangents and cotangents
/// - `Identity`: y = x, what a residual block adds to
/// - `Parallel`: branches of one input, added or concatenated
/// - `LayerNorm`: features brought to mean 0 and deviation 1
/// - `RmsNorm`: features brought to mean square 1
/// - `Normalization`: what both have
/// - `MultiHeadAttention`: each step a mean of all, weighted by what it asks for
/// - `Embedding`: rows of a table by number
/// - `EmbeddingLinearization`: its tangents and cotangents
/// - `Blockwise`: a layer of blocks of the last axes
/// - `BlockwiseLinearization`: its tangents and cotangents
package dev.lanewise.nn.block;
