package dev.lanewise.report.verdict;

/// The result of one run of the report for one setting, without its forks.
///
/// @param machine the processor's name
/// @param vectors the preferred species of vectors
/// @param jvm the virtual machine that the forks ran on
/// @param date the date, in the form of [dev.lanewise.report.result.Machine]
/// @param commit the code
/// @param profile how much was measured; a setting has the same pairs D × M in every profile
/// @param setting the setting's key
/// @param crossover log₂ r* with its interval over the forks of that run
public record Run(String machine, String vectors, String jvm, String date, String commit, String profile,
    String setting, Estimate crossover, int forks) {}
