package dev.lanewise.io;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/// The content of [Safetensors]. The maps do not change: a file's are too large to copy.
///
/// @param source the file, for messages
/// @param tensors by name, unmodifiable
/// @param metadata texts by key, unmodifiable
/// @param skipped the entries that no [Tensor] holds, including integers that were read
/// @param integers those that were asked for
/// @param provenance whose names and axes the tensors had
record Content(String source, Map<String, Tensor> tensors, Map<String, String> metadata,
    Map<String, SafetensorsEntry> skipped, Map<String, Integers> integers, Provenance provenance) {

  Content {
    tensors = Collections.unmodifiableMap(tensors);
    metadata = Collections.unmodifiableMap(metadata);
  }

  static Content of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    SafetensorsHeader.requireFit(tensors, metadata);
    return new Content("Safetensors", new LinkedHashMap<>(tensors), new LinkedHashMap<>(metadata), Map.of(), Map.of(),
        Provenance.PYTORCH);
  }

  static Content of(Parameters theta, UnaryOperator<String> fileName, Map<String, String> metadata) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int index = 0; index < theta.count(); index++) {
      String name = fileName.apply(theta.spec().entries().get(index).name());
      if (tensors.put(name, theta.get(index)) != null) {
        throw new IllegalArgumentException("Safetensors: two parameters become " + name + ", expected a name for each");
      }
    }
    return of(tensors, metadata);
  }

  Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor != null) {
      return tensor;
    }
    throw new IllegalArgumentException(skipped.containsKey(name)
        ? source + ": tensor " + Excerpt.of(name) + " is " + why(skipped.get(name))
        : source + ": no tensor " + Excerpt.of(name) + ", expected one of " + Excerpt.of(tensors.keySet()));
  }

  Integers getIntegers(String name) {
    Integers found = integers.get(name);
    if (found != null) {
      return found;
    }
    String but = tensors.containsKey(name) ? " but numbers with fractions " + tensors.get(name).shape()
        : skipped.containsKey(name) ? " but " + skipped.get(name) + ", which the reader was not asked for" : "";
    throw new IllegalArgumentException(source + ": no integers " + Excerpt.of(name) + but + ", expected one of "
        + Excerpt.of(integers.keySet()) + "; read(path, wanted, integers) says which are read");
  }

  /// What is skipped, and why.
  Map<String, String> inWords() {
    Map<String, String> words = new LinkedHashMap<>();
    skipped.forEach((name, entry) -> words.put(name, why(entry)));
    return Collections.unmodifiableMap(words);
  }

  private static String why(SafetensorsEntry entry) {
    return entry + ", " + entry.whyNotRead();
  }

  Content under(String prefix) {
    return new Content(source, under(prefix, tensors), metadata, under(prefix, skipped), under(prefix, integers),
        provenance.under(prefix));
  }

  private static <T> Map<String, T> under(String prefix, Map<String, T> all) {
    Map<String, T> part = new LinkedHashMap<>();
    all.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        part.put(name.substring(prefix.length()), value);
      }
    });
    return part;
  }

  Content from(Framework framework) {
    return new Content(source, ForeignLayers.converted(framework, source, tensors), metadata,
        ForeignLayers.renamed(framework, source, skipped), ForeignLayers.renamed(framework, source, integers),
        new Provenance(framework, Set.of()));
  }

  Content channelsFirst(String name, int channels) {
    Map<String, Tensor> all = new LinkedHashMap<>(tensors);
    all.put(name, Layouts.channelsFirst(source, name, get(name), channels));
    return new Content(source, all, metadata, skipped, integers, provenance.withChannelsFirst(name));
  }

  Content withTensors(Map<String, Tensor> others) {
    return new Content(source, others, metadata, skipped, integers, provenance);
  }

  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", source + " [", "]");
    tensors.forEach((name, tensor) -> text.add(name + " " + tensor.shape()));
    skipped.forEach((name, entry) -> text.add(name + " skipped: " + why(entry)));
    return text.toString();
  }
}
