/// Files: reading and writing saved networks.
///
/// [Safetensors][dev.lanewise.io.Safetensors] holds the named tensors of a file, and gives them to a network as its
/// parameters.
///
/// Stability: stable from 0.1.
///
/// In reading order:
/// - `Safetensors`: named tensors as a file holds them, given to a network as its parameters
/// - `Integers`: a tensor of integers or booleans
/// - `Framework`: whose names and axes a file has
/// - `Content`: the content of a file
/// - `SafetensorsReader`: reads the bytes of a file from front to back
/// - `SafetensorsWriter`: writes them
/// - `SafetensorsHeader`: where each tensor lies, and free text
/// - `SafetensorsEntry`: the header's entry for one tensor
/// - `Dtype`: the element types of tensors
/// - `JsonReader`: reads the header's JSON
/// - `BufferChannel`: the bytes of a buffer as a channel
/// - `ParameterNames`: which tensor of a file is which parameter
/// - `PositionalNames`: names that identify layers by their order
/// - `Wrappers`: removes the parts of names that PyTorch's wrappers insert
/// - `LayersByKind`: pairs layers whose names count them by class
/// - `SideBySide`: a network's parameters beside a file's tensors, for messages
/// - `Provenance`: whose names and axes tensors had
/// - `ForeignLayers`: layers of Flax and Keras as layers here
/// - `ForeignCells`: their recurrent cells
/// - `ForeignAttention`: their attention
/// - `Layouts`: tensors with their axes in another order
/// - `MalformedSafetensorsException`: a file that is not in the format
package dev.lanewise.io;
