/// What is measured, and how: blocks of trials, each fork a virtual machine of its own.
///
/// In reading order:
/// - `Profile`: how much is measured, from seconds to hours
/// - `Networks`: the networks that profiles measure
/// - `Design`: the blocks of a profile in the making
/// - `Block`: trials that are compared with each other
/// - `Trial`: one benchmark with one choice of parameters
/// - `ClaimGrid`: the pairs D × M on which a setting is judged
/// - `PeerShapes`: the products that are compared with other libraries'
/// - `Selection`: which suites of a profile are measured
/// - `OwnNetwork`: a network's file that is measured in a profile's place
/// - `Flags`: what forks' virtual machines are started with, and which collector they then have
/// - `Experiment`: runs the blocks with JMH, in rounds
/// - `Neighbours`: who else was on the processors meanwhile
/// - `ProcessorTime`: what Linux says of its processors' time
/// - `Progress`: how far the run is
package dev.lanewise.report.run;
