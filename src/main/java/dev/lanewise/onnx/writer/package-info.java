/// Networks as ONNX files: each layer, and each operation of an expression, as nodes.
///
/// Not exported.
///
/// In reading order:
/// - `Export`: a layer with its parameters as a file
/// - `Layers`: layers as nodes
/// - `Activations`: activations
/// - `Windows`: convolutions and pooling
/// - `Normalizations`: normalizations
/// - `Recurrences`: recurrent layers
/// - `Expressions`: expressions, value by value
/// - `Operations`: operations of expressions
/// - `Functions`: functions of single elements
/// - `Rearrangements`: rearranged elements
/// - `FileGraph`: the graph while it is written
/// - `Written`: a value in it
/// - `Weights`: a layer's parameters by their names
/// - `Attribute`: attributes of nodes
package dev.lanewise.onnx.writer;
