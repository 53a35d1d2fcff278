/// A file's graph during translation, node by node: its values, and the network under construction.
///
/// In reading order:
/// - `Operator`: how an operator is translated
/// - `Facts`: what a file declares beside its nodes
/// - `Call`: one node with the values of its inputs
/// - `Attributes`: its attributes
/// - `Value`: a value of the file's graph
/// - `Meant`: the number that a float of a file stands for
/// - `Numbers`: weights and constants
/// - `Integers`: shapes, axes, places, conditions
/// - `Traced`: a value computed from a sample
/// - `Condition`: a computed boolean
/// - `Folding`: constants computed element by element
/// - `Broadcast`: operands with their axes aligned
/// - `Trace`: the network under construction
/// - `Names`: names of layers and parameters
/// - `Refusal`: a network that cannot be translated
package dev.lanewise.onnx.trace;
