/// The vectors of this machine, and multiply-adds. The other packages of the kernels build on this one.
///
/// In reading order:
/// - `VirtualMachine`: whether vectors and fused multiply-adds are worth using here
/// - `HotSpotOptions`: the options that HotSpot runs with
/// - `MultiplyAdd`: a·b + c in a form that is fast here, or exact
/// - `CpuClass`: a row for each class of processors: registers, tiles, blocks
/// - `FloatLanes`: species and width of vectors of `float`
/// - `DoubleLanes`: the same for `double`
/// - `DoubleTail`: how a loop ends with fewer elements than a vector has lanes
/// - `DoubleButterfly`: exchanges between lanes
package dev.lanewise.kernel.lanes;
