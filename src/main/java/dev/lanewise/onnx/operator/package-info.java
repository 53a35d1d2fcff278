/// The operators of ONNX: each a rule from a node of a file onto nodes of an expression.
///
/// In reading order:
/// - `Operators`: which there are
/// - `Neighbours`: what is supported near an operator that is not
/// - `Products`: Gemm, MatMul
/// - `MatrixProduct`: of two values that are computed
/// - `Convolutions`: Conv, ConvTranspose
/// - `Sliding`: what slides over sequences and images
/// - `Spread`: a transposed convolution as one of an input with zeros in between
/// - `Pools`: the largest, the mean of a window, or of all places
/// - `Normalizations`: by statistics that are known, or of each sample
/// - `Samples`: parts that a layer takes one by one
/// - `Weights`: weights in the layout that a layer takes
/// - `Fused`: what nodes of a file become together
package dev.lanewise.onnx.operator;
