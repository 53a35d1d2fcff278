/// C = A·B by strides, with what is fused into it. The micro-kernels, `DoubleMicroKernels`, which chooses among them,
/// and the kernels for dot products and transposes are generated.
///
/// In reading order:
/// - `DoubleVectorGemm`: the entry: chooses the way of a product
/// - `DoubleTiling`: the sizes of tiles and blocks, and the thresholds between the ways
/// - `DoubleFusion`: what is fused into a product: bias, φ, φ′
/// - `DoubleEpilogue`: applies it to C while C is in the cache
/// - `DoubleScratch`: buffers for packing, and the threads that share products
/// - `ScratchKey`: gives operations outside the contract's package access to a workspace's scratch
/// - `DoubleBlock`: the product with a block of B that the caller fills
/// - `DoubleTaps`: the product with rows of B at arbitrary offsets
/// - `DoubleInPlaceGemm`: a way: B read in place
/// - `DoubleBlockedGemm`: a way: A and B packed, block by block
/// - `DoubleSwappedGemm`: a way: Cᵀ = B·Aᵀ, where transposing A is cheaper than transposing B
/// - `DoubleStreamedGemm`: a way: a large B, read from end to end
/// - `DoubleDotGemm`: a way: dot products of rows
/// - `DoubleNarrowGemm`: a way: fewer columns than the narrowest vector has lanes
/// - `DoublePaddedGemm`: a way: fewer columns than lanes, padded
/// - `DoubleOuterGemm`: a way: outer products
/// - `DoublePanel`: rows of A as a micro-kernel reads them, times strips of B
/// - `DoublePacking`: copies operands into the order in which micro-kernels read them; transposes
/// - `DoubleSharedGemm`: a large product in parts on several threads
/// - `Team`: the threads
/// - `DoublePortableGemm`: the product in plain Java
/// - `DoublePortableTranspose`: the transpose in plain Java
/// - `DoubleGemmExercise`: whether a product's vector code is compiled, and the exercise that compiles it
package dev.lanewise.kernel.gemm;
