/// Gets vector code compiled beside the callers, who compute in plain Java until it is.
///
/// In reading order:
/// - `Kernels`: which kernels compute, by system properties
/// - `Ready`: the kernels whose vector code is compiled; each call checks it first
/// - `Exercise`: calls of a kernel that get it compiled
/// - `DoubleOperands`: the numbers that exercises compute with
/// - `Observer`: whether a call runs in compiled code
/// - `Schedule`: which exercise is next, and when a kernel is ready
/// - `CompileTime`: whether anything has been compiled lately, so that ready kernels are checked again
/// - `Switches`: reports the fate of exercises
/// - `Warmup`: the thread or executor that works, and those who wait for it
package dev.lanewise.kernel.warmup;
