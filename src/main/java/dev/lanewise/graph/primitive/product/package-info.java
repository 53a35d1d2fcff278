/// Products that sum over terms: of matrices, and of rows.
///
/// Not exported.
///
/// In reading order:
/// - `Dot`: inner products of rows
/// - `MatMul`: products of matrices
package dev.lanewise.graph.primitive.product;
