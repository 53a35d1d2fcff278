/// The operations that graphs are made of: each one small record with the rules of its derivative, side by side.
///
/// Not exported.
///
/// In reading order:
/// - `Primitive`: what an operation is: value, push, pull, the pull's tangent
/// - `Point`: what an operation is given
/// - `Linear`: an operation that does not bend
/// - `Piecewise`: one that bends nowhere but between its pieces
/// - `Elementwise`: an operation of operands of one shape
/// - `Plus`: the sum of two operands
/// - `Minus`: their difference
/// - `Times`: their product, element by element
/// - `Divide`: their quotient
/// - `Extreme`: the better of both
/// - `Max`: the larger
/// - `Min`: the smaller
/// - `Select`: the one that a sign says
/// - `Scale`: the operand times a number
/// - `Shift`: the operand plus a number
/// - `Pointwise`: a function of single elements
/// - `PiecewiseFunction`: one that is linear in pieces
/// - `Step`: one that is constant in pieces
/// - `Activate`: an activation
/// - `Rearrangement`: elements in other places
/// - `Expand`: broadcasting
package dev.lanewise.graph.primitive;
