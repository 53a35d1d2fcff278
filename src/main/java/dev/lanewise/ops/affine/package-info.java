/// Shared by layers y = φ(W·x + b), whether W·x is a product or a convolution. Not exported.
///
/// In reading order:
/// - `AffineLinearization`: their pushes, pulls and the pulls' tangents, from the products with W
package dev.lanewise.ops.affine;
