/// Products of operands that sum: of matrices, of rows.
///
/// Not exported.
///
/// In reading order:
/// - `Dot`: inner products of rows
/// - `MatMul`: products of matrices
package dev.lanewise.graph.primitive.product;
