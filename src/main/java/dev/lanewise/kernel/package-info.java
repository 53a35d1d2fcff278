/// The arithmetic: what the rest of the library computes with, on the Vector API or in plain Java. Not exported.
/// `Float…` twins of `Double…` classes are derived by `src/build/Specialise.java`, here and in the rooms below.
///
/// In reading order:
/// - `DoubleKernels`: the door: all kernels, and which implementation this machine gets
/// - `DoubleVectorKernels`: the one on the Vector API
/// - `DoublePortableKernels`: the one in plain Java, and the reference
/// - `DoubleCrossEntropy`: cross-entropy of rows, by the kernels
/// - `DotProduct`: inner products and norms that over- or underflow only where their result does
/// - `RunningMeans`: means over batches, taken over after a step
/// - `DoubleSwitchingGemm`: each product in plain Java until its vector code is compiled; the same for other kernels is
///   generated (`DoubleSwitchingKernels`)
/// - `Kernel`: the kernels that switch
/// - `DoubleKernelExercise`: what has their vector code compiled
package dev.lanewise.kernel;
