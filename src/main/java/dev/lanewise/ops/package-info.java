/// Operations for layers with a structure, on tensors of either precision, in addition to those of the contract.
///
/// As in the contract, each operation checks shapes and precisions before it writes, and custom layers may use all of
/// them.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `DenseLinearization`: an affine map and an activation at one point: what dense layers push and pull
/// - `Window`: what slides over an image: its size, stride, padding and dilation
/// - `ConvolutionOps`: convolutions of images: value, push, pull, sums of the weights' cotangents
/// - `DoubleConvolutionKernels`: their kernels on tensors
/// - `Nonlinearities`: the kernels' name of each activation
/// - `PoolOps`: the largest numbers and the means of windows
/// - `DoublePoolKernels`: the same on doubles, once checked
/// - `RecurrentCell`: what a recurrent layer computes in a step
/// - `RecurrentWeights`: a recurrent layer's weights, transposed
/// - `RecurrentSteps`: what its steps leave
/// - `RecurrentOps`: its sweeps over the steps
/// - `DoubleRecurrentKernels`: the same on doubles, checked already
/// - `SequenceOrder`: in which order the sequences of a batch are gone through
/// - `SequenceOps`: rows between sequences and steps
/// - `DoubleSequenceKernels`: the same on doubles, checked already
/// - `ElementaryOps`: logarithms, sine, cosine, powers
/// - `DoubleElementaryKernels`: the same on doubles, once checked
/// - `ChannelOps`: sums and scalings channel by channel
/// - `DoubleChannelKernels`: the same on doubles, once checked
/// - `ArithmeticOps`: sums, differences, products and quotients, a value serving each direction
/// - `DoubleArithmeticKernels`: the same on doubles, once checked
/// - `Places`: where the elements of a rearranged sample come from
/// - `RearrangementOps`: samples rearranged, and their cotangents put back
/// - `DoubleRearrangementKernels`: the same on doubles, once checked
package dev.lanewise.ops;
