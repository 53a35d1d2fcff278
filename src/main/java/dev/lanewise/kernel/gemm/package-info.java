/// C = A·B by strides, with what is fused into it. The micro-kernels, `DoubleMicroKernels`, which chooses among them,
/// and the kernels for dot products and transposes are generated.
///
/// In reading order:
/// - `DoubleVectorGemm`: the door: which way a product takes
/// - `DoubleTiling`: the sizes of tiles and blocks, and the thresholds between the ways
/// - `DoubleFusion`: what rides along: bias, φ, φ′
/// - `DoubleEpilogue`: what is done to C while it is in the cache
/// - `DoubleScratch`: buffers for packing, and the threads that share products
/// - `ScratchKey`: how operations outside the contract's package reach a workspace's
/// - `DoubleBlock`: the product with a block of B that somebody else puts together
/// - `DoubleTaps`: the product with rows of B at distances of their own
/// - `DoubleInPlaceGemm`: a way: B read where it lies
/// - `DoubleBlockedGemm`: a way: A and B packed, block by block
/// - `DoubleSwappedGemm`: a way: Cᵀ = Bᵀ·Aᵀ, where turning A is cheaper
/// - `DoubleStreamedGemm`: a way: a large B read once from end to end
/// - `DoubleDotGemm`: a way: dot products of rows
/// - `DoubleNarrowGemm`: a way: hardly any columns
/// - `DoublePaddedGemm`: a way: fewer columns than lanes, padded
/// - `DoubleOuterGemm`: a way: outer products
/// - `DoublePanel`: tiles over a panel of C, by the generated micro-kernels
/// - `DoublePacking`: copies of A and B in the order in which tiles read them; transposes
/// - `DoubleSharedGemm`: a large product in parts, on several threads
/// - `Team`: the threads
/// - `DoublePortableGemm`: the product in plain Java
/// - `DoublePortableTranspose`: the transpose in plain Java
/// - `DoubleGemmExercise`: whether a product is computed by vectors yet, and what has them compiled
package dev.lanewise.kernel.gemm;
