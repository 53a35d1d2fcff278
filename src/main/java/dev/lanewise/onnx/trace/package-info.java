/// What a file's graph becomes while it is translated, node by node: values, and the network that is being made.
///
/// In reading order:
/// - `Operator`: how an operator is translated
/// - `Facts`: what a file says beside its nodes
/// - `Call`: one node with the values of its inputs
/// - `Attributes`: what it is told beside them
/// - `Value`: a value of the file's graph
/// - `Meant`: the number that a float of a file stands for
/// - `Numbers`: weights and constants
/// - `Integers`: shapes, axes, places, conditions
/// - `Traced`: what is computed of a sample
/// - `Condition`: what is true or false of it
/// - `Folding`: what is computed of constants element by element
/// - `Broadcast`: operands with their axes aligned
/// - `Trace`: the network that is being made
/// - `Names`: what layers and parameters are called
/// - `Refusal`: what cannot be translated
package dev.lanewise.onnx.trace;
