/// Reads and writes ONNX files: exported networks with their derivatives, in pure Java.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `Onnx`: reads and writes files
/// - `Network`: a layer, its parameters, its inputs and its output
/// - `OnnxOptions`: how a file is read
/// - `MalformedOnnxException`: a file that is not ONNX
/// - `UnsupportedOnnxException`: a file that needs something unsupported
/// - `Translation`: translates a file into a network
/// - `Needed`: the nodes that the output depends on
/// - `GraphInput`: an input of the file, its batch
package dev.lanewise.onnx;
