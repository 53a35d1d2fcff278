/// ONNX files in and out: any exported network with its derivatives, in pure Java.
///
/// Stability: incubating, may change in any minor version.
///
/// In reading order:
/// - `Onnx`: reads and writes files
/// - `Network`: a layer, its parameters, what goes in and comes out
/// - `OnnxOptions`: what is to be read
/// - `MalformedOnnxException`: no ONNX file
/// - `UnsupportedOnnxException`: one that needs what is not supported
/// - `Translation`: makes the network of a file
/// - `Needed`: the nodes that its output takes
/// - `GraphInput`: an input of the file, its batch
package dev.lanewise.onnx;
