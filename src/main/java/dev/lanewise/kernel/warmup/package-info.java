/// Getting vector code compiled beside the callers, who compute in plain Java until it is.
///
/// - `Kernels`: which kernels compute, by system properties
/// - `Ready`: those whose vector code is compiled, what each call asks first
/// - `Exercise`: calls of a kernel that get it compiled
/// - `DoubleOperands`: the numbers that they are made on
/// - `Observer`: whether a call runs in compiled code
/// - `Schedule`: which exercise is next, and when a kernel is ready
/// - `CompileTime`: whether there is anything to look at again
/// - `Switches`: what is said of it
/// - `Warmup`: the thread, or the executor, and who waits
package dev.lanewise.kernel.warmup;
