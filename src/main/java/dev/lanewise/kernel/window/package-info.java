/// Windows that slide over images: convolutions, as products with patches that are never stored as a matrix, and
/// pooling.
///
/// In reading order:
/// - `DoubleConvolution`: value, pull and weights' cotangent of a batch, cut into units for threads
/// - `ConvolutionShape`: the sizes of a convolution, and its correlations
/// - `ConvolutionShapes`: the shapes in recent use
/// - `Correlation`: where the terms of a sum lie in a padded image
/// - `DoubleConvolutionUnit`: one thread's work: some images, or some columns of W̄
/// - `DoublePatches`: the patches of padded images as a matrix
/// - `DoublePlanes`: copies of the rows of a plane
/// - `DoubleVectorCorrelation`: products with that matrix, gathered while operands are packed
/// - `DoublePortableCorrelation`: the same in plain Java
/// - `PoolGeometry`: a window for pooling, and planes of one size
/// - `DoublePool`: pooling, by vectors or in plain Java
/// - `DoublePortablePool`: in plain Java, and the formulas
/// - `DoubleVectorPool`: on the Vector API
/// - `DoubleConvolutionExercise`: whether a convolution's vector code is compiled, and the exercise that compiles it
/// - `DoublePoolExercise`: the same for pooling
/// - `DoublePlanesExercise`: the same for copies
package dev.lanewise.kernel.window;
