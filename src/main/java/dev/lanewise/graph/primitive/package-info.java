/// The operations that graphs are made of: each one small record with the rules of its derivative, side by side.
///
/// Not exported.
///
/// In reading order:
/// - `Primitive`: what an operation is: value, push, pull, the pull's tangent
/// - `Point`: what an operation is given
/// - `Linear`: an operation that does not bend
/// - `Pointwise`: a function of single elements
/// - `Rearrangement`: elements in other places
/// - `Plus`: the sum of two operands
/// - `Times`: their product, element by element
/// - `Scale`: the operand times a number
/// - `Activate`: an activation
/// - `Expand`: broadcasting
package dev.lanewise.graph.primitive;
