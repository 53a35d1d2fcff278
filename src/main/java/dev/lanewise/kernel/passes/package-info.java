/// Passes over rows, residuals and parameters. The sums over a row are generated.
///
/// In reading order:
/// - `DoubleVectorRows`: softmax and sums of rows
/// - `DoublePortableRows`: the same in plain Java
/// - `DoubleVectorResiduals`: losses and their slopes, from residuals
/// - `DoublePortableResiduals`: the same in plain Java
/// - `DoubleVectorUpdates`: steps of gradient descent, momentum and Adam
/// - `DoublePortableUpdates`: the same in plain Java
/// - `DoubleVectorScales`: rows shifted and scaled
package dev.lanewise.kernel.passes;
