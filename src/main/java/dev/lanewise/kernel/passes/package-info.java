/// Passes over rows, residuals and parameters. Those on the Vector API are generated from `src/build/loops`, the sums
/// over a row by `src/build/SumKernels.java`.
///
/// In reading order:
/// - `DoublePortableRows`: softmax and sums of rows in plain Java; on vectors `DoubleVectorRows`
/// - `DoublePortableResiduals`: losses and their slopes, from residuals; on vectors `DoubleVectorResiduals`
/// - `DoublePortableUpdates`: steps of gradient descent, momentum and Adam; on vectors `DoubleVectorUpdates`
/// - `DoubleVectorScales`: rows shifted and scaled
package dev.lanewise.kernel.passes;
