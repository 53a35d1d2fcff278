package dev.lanewise.autodiff.chain;

import java.util.List;

/// A factor of a chain, as people name it.
///
/// @param name its layers' names
/// @param branches the names of the factors of each branch of a sum; empty for another factor
public record FactorName(String name, List<List<FactorName>> branches) {

  /// Copies the branches.
  public FactorName {
    branches = List.copyOf(branches);
  }

  /// Of a factor that is no sum.
  public static FactorName of(String name) {
    return new FactorName(name, List.of());
  }
}
