/// Windows that slide over images: convolutions as products with patches that are nowhere written down, and pooling.
///
/// In reading order:
/// - `DoubleConvolution`: the door: value, pull and the weights' sums of a batch, cut into units for threads
/// - `ConvolutionShape`: the sizes of a convolution, and its correlations
/// - `ConvolutionShapes`: those that were lately in use
/// - `Correlation`: where the terms of a sum lie in a padded image
/// - `DoubleConvolutionUnit`: what a thread does: some images, or some columns of W̄
/// - `DoublePatches`: the patches of padded images as a matrix
/// - `DoublePlanes`: copies of the rows of a plane
/// - `DoubleVectorCorrelation`: products with that matrix, gathered while operands are packed
/// - `DoublePortableCorrelation`: the same in plain Java
/// - `PoolGeometry`: a window for pooling, and planes of one size
/// - `DoublePool`: pooling, by vectors or in plain Java
/// - `DoublePortablePool`: in plain Java, and the formulas
/// - `DoubleVectorPool`: on the Vector API
/// - `DoubleConvolutionExercise`: whether a convolution is computed by vectors yet, and what has them compiled
/// - `DoublePoolExercise`: the same of pooling
/// - `DoublePlanesExercise`: the same of copies
package dev.lanewise.kernel.window;
