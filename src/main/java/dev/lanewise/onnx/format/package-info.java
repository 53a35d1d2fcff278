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
package dev.lanewise.onnx.format;
