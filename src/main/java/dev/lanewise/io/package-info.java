/// Files: reading and writing saved networks.
///
/// [Safetensors][dev.lanewise.io.Safetensors] holds named tensors as a file does, and gives them to a network as its
/// parameters.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Safetensors`: named tensors as a file holds them, given to a network as its parameters
/// - `Integers`: a tensor of integers or truths beside them
/// - `Framework`: whose names and axes a file has
/// - `Content`: what a file holds, behind the door
/// - `SafetensorsReader`: reads the bytes of a file from front to back
/// - `SafetensorsWriter`: writes them
/// - `SafetensorsHeader`: which tensor lies where, and free text
/// - `SafetensorsEntry`: what a header says of one tensor
/// - `Dtype`: what the elements of a tensor are
/// - `JsonReader`: reads the header's JSON
/// - `BufferChannel`: the bytes of a buffer as a channel
/// - `ParameterNames`: which tensor of a file is which parameter
/// - `PositionalNames`: names by which layers are told by their order
/// - `Wrappers`: names without the parts that PyTorch's wrappers put into them
/// - `LayersByKind`: which layer is which where names count layers by class
/// - `SideBySide`: what a network wants beside what a file has, for messages
/// - `Provenance`: whose names and axes tensors had
/// - `ForeignLayers`: layers of Flax and Keras as layers here
/// - `ForeignCells`: their recurrent cells
/// - `ForeignAttention`: their attention
/// - `Axes`: tensors with their axes in another order
/// - `ForeignContent`: what a file is that is no safetensors file
/// - `MalformedSafetensorsException`: a file that is not in the format
package dev.lanewise.io;
