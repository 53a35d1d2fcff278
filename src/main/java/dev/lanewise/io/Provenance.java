package dev.lanewise.io;

import java.util.HashSet;
import java.util.Set;

/// Whose names and axes tensors had before conversion to PyTorch's.
///
/// @param framework whose
/// @param channelsFirst names of weights whose columns are known to be channels by places
record Provenance(Framework framework, Set<String> channelsFirst) {

  static final Provenance PYTORCH = new Provenance(Framework.PYTORCH, Set.of());

  Provenance withChannelsFirst(String name) {
    Set<String> all = new HashSet<>(channelsFirst);
    all.add(name);
    return new Provenance(framework, all);
  }

  Provenance under(String prefix) {
    Set<String> rest = new HashSet<>();
    for (String name : channelsFirst) {
      if (name.startsWith(prefix)) {
        rest.add(name.substring(prefix.length()));
      }
    }
    return new Provenance(framework, rest);
  }
}
