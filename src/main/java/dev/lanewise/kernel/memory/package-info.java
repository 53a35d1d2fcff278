/// Arrays whose numbers begin at a cache line, where the virtual machine's options tell.
///
/// In reading order:
/// - `Alignment`: the addresses at which arrays begin, by the virtual machine's options
/// - `DoubleArena`: memory for tensors and buffers that begins at a line
/// - `Slabs`: the slabs that are alive, and how much memory they may take
package dev.lanewise.kernel.memory;
