/// The contract: layers, the operations that they use, and the memory of their results.
///
/// A [Layer][dev.lanewise.Layer] linearizes; its [Linearization][dev.lanewise.Linearization] pushes tangents and pulls
/// cotangents; [Ops][dev.lanewise.Ops] and the related classes do the arithmetic in either
/// [Precision][dev.lanewise.Precision].
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Layer`: a differentiable function of an input and of parameters
/// - `Linearization`: a layer at one point: its output, and its derivative applied from both sides
/// - `Tensor`: numbers with a shape
/// - `Shape`: the sizes of a tensor's axes
/// - `Precision`: the two number formats
/// - `Parameters`: θ, its tangents, its cotangents, each in one flat buffer
/// - `ParameterSpec`: names, shapes and initial values of a layer's parameters
/// - `Initializer`: initial values of a parameter
/// - `Workspace`: reusable memory, and whether this is training
/// - `Activation`: the nonlinearities that are fused into products
/// - `JacobianStructure`: what a layer knows of its Jacobian beforehand
/// - `AffineMap`: W, b and φ of a layer that is φ(W·x + b)
/// - `Ops`: products of matrices, and dense layers fused into one
/// - `PointwiseOps`: functions, sums and products element by element
/// - `RowOps`: softmax and its like, sums, weights and copies of rows
/// - `MatrixOps`: products, scalings and transposes of strided views
/// - `Matrix`: a strided view of a tensor
/// - `UpdateOps`: steps of gradient descent
/// - `LossOps`: sums of losses and their gradients
/// - `CrossEntropyOps`: softmax and cross-entropy in one, with gradients
/// - `SmallChain`: small layers in one pass, with their Jacobian
/// - `Lanewise`: which kernels compute here, and since when
/// - `DoubleTensorKernels`: the kernels on tensors; `TensorKernels` and the float twin are generated from it
/// - `DoubleTrainingKernels`: the kernels of losses and updates
package dev.lanewise;
