package dev.lanewise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/// The parameters of a layer: names, shapes and initial values, in the order in which they lie in one flat buffer.
///
/// A layer made of layers joins their specs; the parts then follow each other, and part i's parameter `weight` is
/// named `i.weight`.
public final class ParameterSpec {

  /// One parameter.
  ///
  /// @param name unique within its spec
  /// @param shape the axes
  /// @param initializer its initial values
  /// @param trained whether optimizers and penalties move it; false for a running mean, which layers observe
  ///     ([Workspace#observe])
  public record Entry(String name, Shape shape, Initializer initializer, boolean trained) {
    /// Refuses nulls.
    public Entry {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(shape, "shape");
      Objects.requireNonNull(initializer, "initializer");
    }

    /// A parameter that is trained.
    public Entry(String name, Shape shape, Initializer initializer) {
      this(name, shape, initializer, true);
    }
  }

  private static final ParameterSpec NONE = new ParameterSpec(List.of(), List.of());

  private final List<Entry> entries;
  private final List<ParameterSpec> parts;
  private final int size;

  private ParameterSpec(List<Entry> entries, List<ParameterSpec> parts) {
    Set<String> names = new HashSet<>();
    long total = 0;
    for (Entry entry : entries) {
      if (!names.add(entry.name())) {
        throw new IllegalArgumentException("ParameterSpec: the name " + entry.name()
            + " stands twice, expected unique names");
      }
      total += entry.shape().size();
    }
    if (total > Shape.LARGEST_ARRAY) {
      throw new IllegalArgumentException("ParameterSpec: " + total + " parameters, expected at most "
          + Shape.LARGEST_ARRAY);
    }
    this.entries = entries;
    this.parts = parts;
    this.size = (int) total;
  }

  /// {@return no parameters}
  public static ParameterSpec none() {
    return NONE;
  }

  /// {@return the spec of a layer with these parameters}
  ///
  /// @throws IllegalArgumentException if a name stands twice, or all of them together are more than an array holds
  public static ParameterSpec of(Entry... entries) {
    return new ParameterSpec(List.of(entries), List.of());
  }

  /// {@return the spec of a layer that is made of layers: the parts' parameters in order, under the names
  /// `i.name`}
  ///
  /// @throws IllegalArgumentException if all of them together are more than an array holds
  public static ParameterSpec join(List<ParameterSpec> parts) {
    return join(IntStream.range(0, parts.size()).mapToObj(Integer::toString).toList(), parts);
  }

  /// {@return the joined spec with names for the parts instead of numbers} An entry is named `part.name`. If `part` or
  /// `name` is empty, the other is the whole name, without a dot.
  ///
  /// @throws IllegalArgumentException if a name stands twice, there are not as many names as parts, or all parameters
  ///     together are more than an array holds
  public static ParameterSpec join(List<String> names, List<ParameterSpec> parts) {
    if (names.size() != parts.size()) {
      throw new IllegalArgumentException(
          "ParameterSpec: " + names.size() + " names of parts, expected " + parts.size());
    }
    List<Entry> all = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      for (Entry entry : parts.get(part).entries) {
        String dot = names.get(part).isEmpty() || entry.name().isEmpty() ? "" : ".";
        all.add(new Entry(names.get(part) + dot + entry.name(), entry.shape(), entry.initializer(), entry.trained()));
      }
    }
    return new ParameterSpec(List.copyOf(all), List.copyOf(parts));
  }

  /// {@return the parameters, in the order of the flat buffer}
  public List<Entry> entries() {
    return entries;
  }

  /// {@return the joined specs; empty for a layer that is not made of layers}
  public List<ParameterSpec> parts() {
    return parts;
  }

  /// {@return P, the number of scalars}
  public int size() {
    return size;
  }

  /// {@return the index of the parameter with this name}
  ///
  /// @throws IllegalArgumentException if there is none
  public int indexOf(String name) {
    for (int index = 0; index < entries.size(); index++) {
      if (entries.get(index).name().equals(name)) {
        return index;
      }
    }
    throw new IllegalArgumentException("ParameterSpec: no parameter " + name + ", expected one of " + names());
  }

  /// Checks that values of this spec may be read as those of `expected`: the same shapes in the same order and parts.
  /// Names and initializers may differ.
  ///
  /// @throws IllegalArgumentException if they may not
  void requireShapesOf(ParameterSpec expected, Object owner, String name) {
    if (this == expected) {
      return;
    }
    if (entries.size() != expected.entries.size()) {
      throw new IllegalArgumentException(
          owner + ": " + name + " has " + entries.size() + " parameters, expected " + expected.entries.size());
    }
    for (int index = 0; index < entries.size(); index++) {
      Entry one = entries.get(index);
      Entry other = expected.entries.get(index);
      if (!one.shape().equals(other.shape())) {
        throw new IllegalArgumentException(
            owner + ": " + name + " has " + one.name() + " " + one.shape() + ", expected "
                + (one.name().equals(other.name()) ? "" : other.name() + " ") + other.shape());
      }
    }
    if (parts.size() != expected.parts.size()) {
      throw new IllegalArgumentException(owner + ": " + name + " has " + parts.size() + " parts, expected "
          + expected.parts.size());
    }
    for (int part = 0; part < parts.size(); part++) {
      if (!parts.get(part).isGroupedAs(expected.parts.get(part))) {
        throw new IllegalArgumentException(owner + ": " + name + " has part " + part + " " + parts.get(part)
            + ", expected " + expected.parts.get(part));
      }
    }
  }

  private boolean isGroupedAs(ParameterSpec other) {
    boolean same = this == other || entries.size() == other.entries.size() && parts.size() == other.parts.size();
    for (int part = 0; same && this != other && part < parts.size(); part++) {
      same = parts.get(part).isGroupedAs(other.parts.get(part));
    }
    return same;
  }

  private List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /// Names and shapes.
  @Override
  public String toString() {
    return entries.stream().map(entry -> entry.name() + " " + entry.shape()).toList().toString();
  }
}
