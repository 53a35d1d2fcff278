/// The operators of ONNX: each a rule from a node of a file onto nodes of an expression.
///
/// In reading order:
/// - `Operators`: which there are
/// - `Rules`: the table while it is filled
/// - `Neighbours`: what is supported near an operator that is not
package dev.lanewise.onnx.operator;
