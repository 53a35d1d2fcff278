/// The kernels, which do all arithmetic of the library on the Vector API or in plain Java. Not exported.
/// `Float…` twins of `Double…` classes are derived by `src/build/Specialise.java`, here and in the rooms below.
///
/// In reading order:
/// - `DoubleKernels`: the interface, and which implementation this machine gets
/// - `DoubleVectorKernels`: all kernels on the Vector API
/// - `DoublePortableKernels`: all kernels in plain Java, the reference for tests
/// - `DoubleCrossEntropy`: cross-entropy of rows
/// - `DotProduct`: inner products and norms that over- or underflow only where their result does
/// - `RunningMeans`: running means over batches
/// - `DoubleSwitchingGemm`: each product in plain Java until its vector code is compiled; the same for other kernels is
///   generated (`DoubleSwitchingKernels`)
/// - `Kernel`: names the kernels that switch
/// - `DoubleKernelExercise`: gets their vector code compiled
package dev.lanewise.kernel;
