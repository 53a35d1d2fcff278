/// The bytes of an ONNX file: protobuf's wire format, and the messages that make a file.
///
/// In reading order:
/// - `ModelProto`: a file
/// - `GraphProto`: a network
/// - `NodeProto`: one operation
/// - `AttributeProto`: its attributes
/// - `ValueInfo`: the declaration of a value
/// - `TensorProto`: numbers in a file
/// - `ElementType`: the type of a tensor's elements
/// - `FormatException`: bytes that are not an ONNX file
/// - `ModelReader`: reads a file
/// - `GraphReader`: reads a network and its nodes
/// - `AttributeReader`: reads an attribute
/// - `ValueReader`: reads the declaration of a value
/// - `TensorReader`: reads a tensor
/// - `TypedData`: its elements, where they are not raw bytes
/// - `Elements`: elements while they are read
/// - `ExternalData`: its elements, where they are in a file beside the model's
/// - `Repeated`: the numbers of a repeated field
/// - `WireReader`: reads protobuf's wire format
/// - `ModelWriter`: writes a file
/// - `GraphWriter`: writes a network, its nodes, attributes and values
/// - `TensorWriter`: writes a tensor
/// - `WireWriter`: writes protobuf's wire format
package dev.lanewise.onnx.format;
