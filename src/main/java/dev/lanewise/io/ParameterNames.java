package dev.lanewise.io;

import dev.lanewise.ParameterSpec;
import dev.lanewise.file.Excerpt;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which tensor of a file is which parameter of a network: that of the same name once positions are ranked
/// ([PositionalNames]).
final class ParameterNames {

  private ParameterNames() {}

  /// From a parameter's name to a tensor's.
  ///
  /// @param source the file, for messages
  /// @throws IllegalArgumentException if a parameter has no tensor, or a tensor that may belong to the network has no
  ///     parameter
  static Map<String, String> inFile(String source, Collection<String> names, ParameterSpec spec) {
    Map<String, String> here = PositionalNames.byRank(names);
    Map<String, String> inFile = new LinkedHashMap<>();
    PositionalNames.byRank(spec.entries().stream().map(ParameterSpec.Entry::name).toList()).forEach((ranked, name) -> {
      if (!here.containsKey(ranked)) {
        throw new IllegalArgumentException(source + ": no tensor for parameter " + name + ", expected one among "
            + Excerpt.of(names));
      }
      inFile.put(name, here.get(ranked));
    });
    List<String> left = left(names, new HashSet<>(inFile.values()));
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(source + ": tensors " + Excerpt.of(left)
          + " belong to no parameter, expected those of "
          + Excerpt.of(spec.entries().stream().map(entry -> entry.name() + " " + entry.shape()).toList()));
    }
    return inFile;
  }

  /// What is numbered as layers are, or lies beside what is taken: a mean that a layer keeps beside its weight is part
  /// of what it computes.
  private static List<String> left(Collection<String> names, Set<String> taken) {
    Set<String> containers = new HashSet<>();
    taken.forEach(name -> containers.add(container(name)));
    return names.stream().filter(name -> !taken.contains(name) && !isBatchCount(name, taken)
        && (PositionalNames.isNumbered(name) || containers.contains(container(name)))).sorted().toList();
  }

  /// What PyTorch counts beside running statistics that are taken: nothing is computed from it.
  private static boolean isBatchCount(String name, Set<String> taken) {
    return name.equals(container(name) + "num_batches_tracked") && taken.contains(container(name) + "running_mean");
  }

  private static String container(String name) {
    return name.substring(0, name.lastIndexOf('.') + 1);
  }
}
