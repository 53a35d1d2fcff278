/// The sections about the claim that forward mode is cheaper iff D < M.
///
/// In reading order:
/// - `Headline`: the first text of the page: sentences, a row for each setting, a glossary
/// - `Sentences`: the claim in sentences
/// - `Settings`: names of settings inside a sentence
/// - `Figures`: figures inside a sentence
/// - `Multiplicity`: what verdicts on several settings say together
/// - `Glossary`: the words of the page's first screen
/// - `ClaimSection`: the verdict on the claim: heat maps, fits, counts
/// - `TimeSection`: time against D and against M
/// - `ArchitectureSection`: the crossover by depth, width and activation
/// - `DepartureSection`: where time departs from the counted multiply-adds
/// - `PredictionSection`: the crossover predicted from the calls that a Jacobian consists of
/// - `SettingsTable`: the fits of all settings side by side
/// - `RunsSection`: the spread of r* between the runs that are kept
/// - `LayeredSection`: the claim on convolutional and recurrent networks
package dev.lanewise.report.section.claim;
