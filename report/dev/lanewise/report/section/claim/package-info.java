/// The sections about the claim that forward mode is cheaper iff D < M.
///
/// In reading order:
/// - `ClaimSection`: the verdict on the claim: heat maps, fits, counts
/// - `TimeSection`: time against D and against M
/// - `ArchitectureSection`: the crossover by depth, width and activation
/// - `DepartureSection`: where time departs from the counted multiply-adds
/// - `LayeredSection`: the claim on convolutional and recurrent networks
package dev.lanewise.report.section.claim;
