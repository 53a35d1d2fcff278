/// The sections of the page except those about the claim, one class each: figures for `summary.json`, tables, pictures,
/// sentences.
///
/// In reading order:
/// - `Findings`: the content of the report; calls all sections in the page's order
/// - `ForkSpread`: how far the same measurement differs between forks
/// - `OwnNetworkSection`: a network from a file: modes, chunks, plan, and where the modes would take the same time
/// - `NetworkSection`: both modes on networks that another program trained
/// - `GemmSection`: square products as a share of the peak
/// - `RooflineSection`: kernels under the limits of memory and arithmetic
/// - `JacobianSection`: planned Jacobians
/// - `RegretPart`: the part of that section about the cost of a choice of mode
/// - `GraphSection`: layers from expressions: beside built-in ones, by each mode, the cost of a primitive
/// - `BottleneckSection`: the gain of the best bracketing against a bottleneck's width
/// - `MemorySection`: memory against directions at a time
/// - `PassSection`: passes of convolutions, recurrent layers and attention against the gemm
/// - `TrainSection`: the time of a training step
/// - `EpilogueSection`: stages fused into a product
/// - `ElementwiseSection`: elementwise functions beside their rivals
/// - `AccuracySection`: the largest errors of the elementwise functions
/// - `PeersSection`: the gemm against other libraries
/// - `LayerPeersSection`: layers and training steps against other libraries
/// - `PartNote`: marks sections that come from a run merged into the report
/// - `ActivationSection`: the activations' speed in elements per nanosecond
/// - `TrainedModelsSection`: the scores of the examples' models
/// - `NoiseSection`: how small a difference the run can see, and the other load on the machine
package dev.lanewise.report.section;
