package dev.lanewise.report.verdict;

/// What one run of the report says of one setting, without its forks.
///
/// @param machine the processor's name
/// @param vectors the preferred species of vectors
/// @param jvm the virtual machine that the forks ran on
/// @param date when, as [dev.lanewise.report.result.Machine] has it
/// @param commit the code
/// @param profile how much was measured; a setting has the same pairs D × M in each
/// @param setting its key
/// @param crossover log₂ r* with its interval over the forks of that run
public record Run(String machine, String vectors, String jvm, String date, String commit, String profile,
    String setting, Estimate crossover, int forks) {}
