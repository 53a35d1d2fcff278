/// Files: reading and writing saved networks.
///
/// [Safetensors][dev.lanewise.io.Safetensors] holds named tensors as a file does, and gives them to a network as its
/// parameters.
package dev.lanewise.io;
