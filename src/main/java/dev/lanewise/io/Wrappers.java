package dev.lanewise.io;

import dev.lanewise.file.Excerpt;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Removes the parts of names that PyTorch's wrappers insert.
///
/// | part                                       | from                                                       |
/// |--------------------------------------------|------------------------------------------------------------|
/// | `module`                                   | `DataParallel`, `DistributedDataParallel`, `AveragedModel` |
/// | `_orig_mod`                                | `torch.compile`                                            |
/// | `_fsdp_wrapped_module`                     | `FullyShardedDataParallel`                                 |
/// | `_checkpoint_wrapped_module`               | activation checkpoints                                     |
///
/// These parts come first or, if a part of a network was wrapped, in the middle of a name. Several may follow each
/// other.
final class Wrappers {

  private static final Set<String> PARTS =
      Set.of("module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module");

  private Wrappers() {}

  /// From each name without wrappers to the full name, in the order of `names`.
  ///
  /// @param source the file, for messages
  /// @param inUse names in which such a part, where it occurs, is no wrapper's
  static Map<String, String> removed(String source, Collection<String> names, Collection<String> inUse) {
    Set<String> removed = new HashSet<>(PARTS);
    inUse.forEach(name -> {
      for (int from = 0, dot; (dot = name.indexOf('.', from)) >= 0; from = dot + 1) {
        removed.remove(name.substring(from, dot));
      }
    });
    Map<String, String> bare = new LinkedHashMap<>();
    for (String name : names) {
      String without = without(removed, name);
      String other = bare.put(without, name);
      if (other != null) {
        throw new IllegalArgumentException(source + ": tensors " + Excerpt.of(other) + " and " + Excerpt.of(name)
            + " are both " + Excerpt.of(without) + " without PyTorch's wrappers, expected one; read only those of one,"
            + " or take under(prefix)");
      }
    }
    return bare;
  }

  /// The part after the last dot is a parameter's own name.
  private static String without(Set<String> parts, String name) {
    StringBuilder rest = null;
    int from = 0;
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', from)) {
      boolean isWrapper = isOneOf(parts, name, from, dot);
      if (isWrapper && rest == null) {
        rest = new StringBuilder(name.length()).append(name, 0, from);
      } else if (!isWrapper && rest != null) {
        rest.append(name, from, dot + 1);
      }
      from = dot + 1;
    }
    return rest == null ? name : rest.append(name, from, name.length()).toString();
  }

  private static boolean isOneOf(Set<String> parts, String name, int from, int to) {
    for (String part : parts) {
      if (part.length() == to - from && name.startsWith(part, from)) {
        return true;
      }
    }
    return false;
  }
}
