/// The same elements in another form: shapes, orders of axes, parts, copies, several operands as one.
///
/// Not exported.
///
/// In reading order:
/// - `Reshape`: another shape
/// - `Axes`: places along axes
/// - `Permute`: another order of axes
/// - `Slice`: a part by steps
/// - `Pad`: with zeros around
/// - `Repeat`: several times
/// - `Gather`: at constant coordinates
/// - `Join`: several operands, block by block
/// - `Concat`: along an axis that they have
/// - `Stack`: along a new one
package dev.lanewise.graph.primitive.form;
