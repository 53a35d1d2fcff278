package dev.lanewise.io;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Finds the tensor in a file for each parameter of a network: the one of the same name without wrappers ([Wrappers]),
/// once positions are ranked ([PositionalNames]); in files of Flax and Keras the one of the layer of the same kind
/// ([LayersByKind]).
final class ParameterNames {

  private final Content file;
  private final ParameterSpec spec;
  private final List<String> wanted = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  private ParameterNames(Content file, ParameterSpec spec) {
    this.file = file;
    this.spec = spec;
    spec.entries().forEach(entry -> wanted.add(entry.name()));
    names.addAll(file.tensors().keySet());
    file.skipped().forEach((name, entry) -> {
      if (!(entry.type().isInteger() && isRandomState(name))) {
        names.add(name);
      }
    });
  }

  /// From a parameter's name to a tensor's.
  static Map<String, String> inFile(Content file, ParameterSpec spec) {
    return new ParameterNames(file, spec).inFile();
  }

  /// The parameters from tensors that `fileName` names.
  static Parameters values(Content file, ParameterSpec spec, Precision precision, UnaryOperator<String> fileName) {
    List<Tensor> values = new ArrayList<>();
    for (ParameterSpec.Entry entry : spec.entries()) {
      String name = fileName.apply(entry.name());
      Tensor tensor = file.get(name);
      if (!tensor.shape().equals(entry.shape())) {
        Shape shape = tensor.shape();
        boolean transposed = shape.rank() == 2 && entry.shape().is(shape.dim(1), shape.dim(0));
        throw new IllegalArgumentException(file.source() + ": tensor " + Excerpt.of(name) + " is " + tensor.shape()
            + ", expected " + entry.shape() + " for parameter " + entry.name()
            + (transposed ? "; of a file with [in, out] kernels take transposed" : ""));
      }
      values.add(tensor);
    }
    Parameters theta = Parameters.zeros(spec, precision);
    for (int index = 0; index < values.size(); index++) {
      String name = "the tensor for " + spec.entries().get(index).name();
      theta.get(index).copyFrom(RowOps.rounded(values.get(index), precision, file.source(), name));
    }
    return theta;
  }

  private Map<String, String> inFile() {
    boolean isForeign = file.provenance().framework() != Framework.PYTORCH;
    Map<String, String> bare = Wrappers.removed(file.source(), names, wanted);
    Map<String, String> here = PositionalNames.byRank(bare.keySet());
    Map<String, String> ranked = PositionalNames.byRank(wanted);
    Map<String, String> inFile = new LinkedHashMap<>();
    ranked.forEach((rank, name) -> {
      if (here.containsKey(rank)) {
        inFile.put(name, bare.get(here.get(rank)));
      }
    });
    if (inFile.size() < wanted.size() && isForeign) {
      Map<String, String> byKind = byKind();
      requireAll(byKind, names, ranked, here, bare);
      requireNoneLeft(byKind, leftOfLayers(byKind));
      requireKnownColumns(byKind);
      return byKind;
    }
    requireAll(inFile, names, ranked, here, bare);
    requireNoneLeft(inFile, left(bare, new HashSet<>(inFile.values())));
    if (isForeign) {
      requireKnownColumns(inFile);
    }
    return inFile;
  }

  private Map<String, String> byKind() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    file.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    Map<String, Shape> wantedShapes = new LinkedHashMap<>();
    spec.entries().forEach(entry -> wantedShapes.put(entry.name(), entry.shape()));
    return LayersByKind.inFile(shapes, wantedShapes);
  }

  private void requireAll(Map<String, String> inFile, Collection<String> all, Map<String, String> ranked,
      Map<String, String> here, Map<String, String> bare) {
    for (Map.Entry<String, String> parameter : ranked.entrySet()) {
      if (!inFile.containsKey(parameter.getValue())) {
        Set<String> left = new LinkedHashSet<>(all);
        left.removeAll(inFile.values());
        throw new IllegalArgumentException(file.source() + ": no tensor for parameter " + parameter.getValue()
            + hint(parameter.getKey(), here, bare) + SideBySide.of(spec, inFile, left, this::inWords));
      }
    }
  }

  /// A hint for a message: how to take the part of the file that has a tensor of this name, or how to convert another
  /// framework's names.
  private String hint(String ranked, Map<String, String> here, Map<String, String> bare) {
    long parts = ranked.chars().filter(c -> c == '.').count();
    for (Map.Entry<String, String> tensor : here.entrySet()) {
      if (tensor.getKey().endsWith("." + ranked)) {
        String name = bare.get(tensor.getValue());
        int end = name.length();
        for (long part = 0; part <= parts; part++) {
          end = name.lastIndexOf('.', end - 1);
        }
        return ", but " + Excerpt.of(name) + ": take under(\"" + Excerpt.of(name.substring(0, end + 1)) + "\")";
      }
    }
    boolean isForeign = file.provenance().framework() != Framework.PYTORCH;
    if (!isForeign && names.stream().anyMatch(Framework::hasKernelName)) {
      return "; of a file with kernels take from(Framework.FLAX) or from(Framework.KERAS)";
    }
    return isForeign ? "; where names do not tell layers apart, parameters(spec, precision, fileName) does" : "";
  }

  private void requireNoneLeft(Map<String, String> inFile, List<String> left) {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(file.source() + ": tensors " + Excerpt.of(left) + " belong to no parameter"
          + SideBySide.of(spec, inFile, left, this::inWords));
    }
  }

  /// The tensors not taken that may belong to the network: they are numbered as layers are, or lie beside tensors that
  /// are taken. A mean that a layer keeps beside its weight takes part in its computation; integers beside weights do
  /// not.
  private List<String> left(Map<String, String> bare, Set<String> taken) {
    Set<String> containers = new HashSet<>();
    bare.forEach((without, name) -> {
      if (taken.contains(name)) {
        containers.add(container(without));
      }
    });
    List<String> left = new ArrayList<>();
    bare.forEach((without, name) -> {
      boolean isBeside = containers.contains(container(without));
      boolean isNothing = isBeside && isInteger(name) || isBatchCount(name, taken);
      if (!taken.contains(name) && !isNothing && (isBeside || PositionalNames.isNumbered(without))) {
        left.add(name);
      }
    });
    left.sort(null);
    return left;
  }

  /// If layers are paired by kind, each must be one of the network's; integers are no layers.
  private List<String> leftOfLayers(Map<String, String> inFile) {
    Set<String> taken = new HashSet<>(inFile.values());
    return names.stream().filter(name -> !taken.contains(name) && !isInteger(name)).sorted().toList();
  }

  /// After a convolution, Flax and Keras flatten places by channels, but layers here channels by places. Shapes do not
  /// show which order the columns have.
  private void requireKnownColumns(Map<String, String> inFile) {
    int channels = 0;
    for (ParameterSpec.Entry entry : spec.entries()) {
      Shape shape = entry.shape();
      if (!entry.name().endsWith("weight") || shape.rank() < 2) {
        continue;
      }
      String name = inFile.get(entry.name());
      boolean isFlattened = shape.rank() == 2 && channels > 1 && shape.last() > channels
          && shape.last() % channels == 0;
      if (isFlattened && !file.provenance().channelsFirst().contains(name)) {
        throw new IllegalArgumentException(file.source() + ": tensor " + Excerpt.of(name) + " has " + shape.last()
            + " columns after " + channels + " channels, in " + file.provenance().framework() + "'s order places by "
            + "channels where layers here flatten channels by places; expected channelsFirst(\"" + Excerpt.of(name)
            + "\", " + channels + "), or parameters(spec, precision, fileName) for columns as they are");
      }
      channels = shape.rank() > 2 ? shape.dim(0) : 0;
    }
  }

  private String inWords(String name) {
    Tensor tensor = file.tensors().get(name);
    return tensor == null ? file.skipped().get(name).toString() : tensor.shape().toString();
  }

  private boolean isInteger(String name) {
    SafetensorsEntry entry = file.skipped().get(name);
    return entry != null && entry.type().isInteger();
  }

  /// What Flax and Keras keep for dropout.
  private static boolean isRandomState(String name) {
    String parts = "." + name + ".";
    return parts.contains(".rngs.") || parts.contains(".seed_generator.");
  }

  /// PyTorch's count of batches beside running statistics that are taken; nothing is computed from it, even as a float.
  private static boolean isBatchCount(String name, Set<String> taken) {
    return name.equals(container(name) + "num_batches_tracked") && taken.contains(container(name) + "running_mean");
  }

  private static String container(String name) {
    return name.substring(0, name.lastIndexOf('.') + 1);
  }
}
