/// Arrays whose numbers begin at a cache line, where the virtual machine lets that be known.
///
/// In reading order:
/// - `Alignment`: at what addresses arrays begin, by the virtual machine's options
/// - `DoubleArena`: room for tensors and buffers that begins at a line
/// - `Slabs`: how much memory is set aside for small ones
package dev.lanewise.kernel.memory;
