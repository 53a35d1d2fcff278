/// The operations of graphs: each a small record with the rules of its derivatives.
///
/// Not exported.
///
/// In reading order:
/// - `Primitive`: an operation: value, push, pull, the pull's tangent
/// - `Point`: the operands and results at one point
/// - `Linear`: an operation with a constant Jacobian
/// - `Piecewise`: one that is piecewise linear
/// - `Elementwise`: an operation of operands of one shape
/// - `Plus`: the sum of two operands
/// - `Minus`: their difference
/// - `Times`: their product, element by element
/// - `Divide`: their quotient
/// - `PairExtremum`: the larger or the smaller
/// - `Select`: one of two, by a sign
/// - `Scale`: the operand times a number
/// - `Shift`: the operand plus a number
/// - `Pointwise`: a function of single elements
/// - `PiecewiseFunction`: one that is piecewise linear
/// - `Step`: one that is piecewise constant
/// - `Activate`: an activation
/// - `Rearrangement`: elements in other places
/// - `Expand`: broadcasting
package dev.lanewise.graph.primitive;
