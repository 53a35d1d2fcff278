/// The bytes of an ONNX file: protobuf's wire format, and the messages that make a file.
///
/// In reading order:
/// - `ModelProto`: a file
/// - `GraphProto`: a network
/// - `NodeProto`: one operation
/// - `AttributeProto`: what it is told beside its inputs
/// - `ValueInfo`: what a value is
/// - `TensorProto`: numbers in a file
/// - `ElementType`: what the elements of a tensor are
/// - `FormatException`: bytes that are no ONNX file
/// - `ModelReader`: reads a file
/// - `GraphReader`: reads a network and its nodes
/// - `AttributeReader`: reads an attribute
/// - `ValueReader`: reads what a value is
/// - `TensorReader`: reads a tensor
/// - `TypedData`: its elements, where they are not raw bytes
/// - `Elements`: elements that are being read
/// - `ExternalData`: its elements, where they are in a file beside the model's
/// - `Repeated`: the numbers of a repeated field
/// - `WireReader`: protobuf's wire format, field by field
/// - `ForeignContent`: what a file is that is no ONNX file
/// - `ModelWriter`: writes a file
/// - `GraphWriter`: writes a network, its nodes, attributes and values
/// - `TensorWriter`: writes a tensor
/// - `WireWriter`: protobuf's wire format, the other way
package dev.lanewise.onnx.format;
