package dev.lanewise.report;

import java.util.List;

/// Trials that are compared with each other, and therefore run one right after the other.
///
/// @param forks in how many rounds they run, each time in a new virtual machine
/// @param trials what is compared
record Block(int forks, List<Trial> trials) {}
