/// The operators of ONNX, each a rule that translates a node of a file into nodes of an expression.
///
/// In reading order:
/// - `Operators`: the supported ones
/// - `Neighbours`: supported operators with similar names
/// - `Products`: Gemm, MatMul
/// - `MatrixProduct`: of two computed values
/// - `Convolutions`: Conv, ConvTranspose
/// - `Sliding`: windows over sequences and images
/// - `Spread`: a transposed convolution as one of an input with zeros in between
/// - `Pools`: the largest, the mean of a window, or of all positions
/// - `Normalizations`: by statistics that are known, or of each sample
/// - `Samples`: layers applied part by part
/// - `Weights`: weights in the layout that a layer takes
/// - `Fused`: operators that patterns become
package dev.lanewise.onnx.operator;
