/// The sections of the page but those about the claim, one class each: figures for `summary.json`, tables, pictures,
/// sentences.
///
/// In reading order:
/// - `Findings`: everything that the results say; calls all sections in the page's order
/// - `ForkSpread`: how far the same measurement differs between forks
/// - `OwnNetworkSection`: a network from its user's file: modes, chunks, plan, and where the modes would meet
/// - `NetworkSection`: both modes on networks that another program trained
/// - `GemmSection`: square products as a share of the peak
/// - `RooflineSection`: kernels under the roof of memory and arithmetic
/// - `JacobianSection`: Jacobians planned once
/// - `RegretPart`: of that section, what a choice of mode costs
/// - `GraphSection`: layers from expressions: beside ready-made ones, by each mode, the price of a primitive
/// - `BottleneckSection`: what the best bracketing is worth against a bottleneck's width
/// - `MemorySection`: memory against directions at a time
/// - `PassSection`: passes of convolutions, recurrent layers and attention against the gemm
/// - `TrainSection`: how long a step of training takes
/// - `EpilogueSection`: what rides along with a product
/// - `ElementwiseSection`: elementwise functions beside their rivals
/// - `AccuracySection`: the largest errors of the elementwise functions
/// - `PeersSection`: the gemm against other libraries'
/// - `LayerPeersSection`: layers and steps of training against other libraries'
/// - `PartNote`: which sections come from a run that was merged into the report
/// - `ActivationSection`: elements a nanosecond of the activations
/// - `TrainedModelsSection`: what the examples' models reach
/// - `NoiseSection`: how small a difference the run can see, and who else was on the machine
package dev.lanewise.report.section;
