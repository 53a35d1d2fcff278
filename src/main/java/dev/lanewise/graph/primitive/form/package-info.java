/// Operations that move elements: reshaping, reordering axes, slicing, repeating, joining operands.
///
/// Not exported.
///
/// In reading order:
/// - `Reshape`: another shape
/// - `AlongAxis`: maps along one axis
/// - `Permute`: another order of axes
/// - `Slice`: a part by steps
/// - `Pad`: with zeros around
/// - `Repeat`: several times
/// - `Gather`: at constant coordinates
/// - `Join`: operands concatenated block by block
/// - `Concat`: along an axis that they have
/// - `Stack`: along a new one
package dev.lanewise.graph.primitive.form;
