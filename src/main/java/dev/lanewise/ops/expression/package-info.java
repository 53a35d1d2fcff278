/// Operations that expressions are made of: reductions of rows, selections between elements, rare elementwise
/// functions, batched matrix products.
///
/// Not exported. As in `ops`, each operation checks sizes and precisions before it writes.
///
/// In reading order:
/// - `ReductionOps`: sums, products and extrema of rows, and what they pull
/// - `DoubleReductionKernels`: the same on doubles, once checked
/// - `ChoiceOps`: the larger, the smaller, the one that a sign selects
/// - `DoubleChoiceKernels`: the same on doubles, once checked
/// - `FunctionOps`: rare functions of single elements, and roundings
/// - `RareFunction`: these functions by name, with their derivatives
/// - `Rounding`: which integer stands for a number
/// - `DoubleFunctionKernels`: the same on doubles, once checked
/// - `ProductOps`: products of many matrices, some of which serve several
/// - `DoubleProductKernels`: the same on doubles, once checked
package dev.lanewise.ops.expression;
