/// What is measured, and how: blocks of trials, with each fork in a new virtual machine.
///
/// In reading order:
/// - `Profile`: how much is measured, from seconds to hours
/// - `Networks`: the networks that profiles measure
/// - `Design`: collects the blocks of a profile
/// - `Block`: trials that are compared with each other, and run together
/// - `Trial`: one benchmark with one choice of parameters
/// - `ClaimGrid`: the pairs D × M on which a setting is judged
/// - `PeerShapes`: the products that are compared with other libraries
/// - `Selection`: which suites of a profile are measured
/// - `OwnNetwork`: a network's file that is measured instead of a profile
/// - `Flags`: the options of the forks' virtual machines, and the collector that results
/// - `Experiment`: runs the blocks with JMH, in rounds
/// - `Neighbours`: the other load on the processors meanwhile
/// - `ProcessorTime`: the processors' time, from Linux
/// - `Progress`: shows how far the run is
package dev.lanewise.report.run;
