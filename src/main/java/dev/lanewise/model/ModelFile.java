package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A whole model as a safetensors file.
///
/// | tensors                               | metadata                                            |
/// |---------------------------------------|-----------------------------------------------------|
/// | `0.weight`, `0.bias`, …               | `lanewise.model`: `mlp`, `lanewise.version`: `1`    |
/// | `standardize.mean`, `standardize.sd`  | `task`, `widths`, `activation`, `dropout`           |
/// | `targets.mean`, `targets.sd`          |                                                     |
final class ModelFile {

  private static final String KIND = "lanewise.model";
  private static final String VERSION = "lanewise.version";
  private static final String INPUTS = "standardize";
  private static final String TARGETS = "targets";

  private ModelFile() {}

  static void write(FittedNetwork fitted, Path path) throws IOException {
    Architecture architecture = fitted.architecture();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(KIND, "mlp");
    metadata.put(VERSION, "1");
    metadata.put("task", architecture.task().name());
    metadata.put("widths", architecture.widthsText());
    metadata.put("activation", architecture.activation().name());
    metadata.put("dropout", Double.toString(architecture.dropout()));
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.of(fitted.theta(), Map.of()).tensors());
    fitted.inputs().ifPresent(standardizer -> put(standardizer, INPUTS, tensors));
    fitted.targets().ifPresent(standardizer -> put(standardizer, TARGETS, tensors));
    Safetensors.of(tensors, metadata).write(path);
  }

  private static void put(Standardizer standardizer, String name, Map<String, Tensor> tensors) {
    tensors.put(name + ".mean", standardizer.mean());
    tensors.put(name + ".sd", standardizer.sd());
  }

  static FittedNetwork read(Path path, Task task) throws IOException {
    Safetensors file = Safetensors.read(path);
    String source = path.toString();
    requireText(file, source, KIND, "mlp");
    requireText(file, source, VERSION, "1");
    requireText(file, source, "task", task.name());
    try {
      Architecture architecture = new Architecture(task, Stream.of(text(file, source, "widths").split("-")).map(Integer::valueOf).toList(),
          Activation.valueOf(text(file, source, "activation")), Double.parseDouble(text(file, source, "dropout")));
      Sequential network = architecture.network();
      Precision precision = file.get("0.weight").precision();
      Parameters theta = file.parameters(network.parameters(), precision, name -> name);
      for (int index = 0; index < theta.count(); index++) {
        RowOps.requireFinite(theta.get(index), source, "tensor " + theta.spec().entries().get(index).name());
      }
      Optional<Standardizer> inputs = standardizer(file, source, INPUTS, architecture.features());
      Optional<Standardizer> targets = task == Task.REGRESSION
          ? standardizer(file, source, TARGETS, architecture.outputs()) : Optional.empty();
      requireNothingElse(file, source, theta);
      return new FittedNetwork(architecture, network, theta, inputs, targets);
    } catch (IllegalArgumentException doesNotFit) {
      throw new MalformedModelException(source, "is no model: " + doesNotFit.getMessage());
    }
  }

  private static Optional<Standardizer> standardizer(Safetensors file, String source, String name, int columns) throws IOException {
    if (!file.tensors().containsKey(name + ".mean") && !file.tensors().containsKey(name + ".sd")) {
      return Optional.empty();
    }
    Standardizer standardizer = Standardizer.of(file.get(name + ".mean"), file.get(name + ".sd"));
    if (standardizer.columns() != columns) {
      throw new MalformedModelException(source, name + " has " + standardizer.columns() + " columns, expected " + columns);
    }
    return Optional.of(standardizer);
  }

  private static void requireNothingElse(Safetensors file, String source, Parameters theta) throws MalformedModelException {
    List<String> known = theta.spec().entries().stream().map(entry -> entry.name()).toList();
    List<String> left = file.tensors().keySet().stream().filter(name -> !known.contains(name)
        && !List.of(INPUTS + ".mean", INPUTS + ".sd", TARGETS + ".mean", TARGETS + ".sd").contains(name)).toList();
    if (!left.isEmpty()) {
      throw new MalformedModelException(source, "tensors " + left + " belong to nothing of the model, expected only " + known
          + " and what standardizes");
    }
  }

  /// A text of the file's metadata.
  static String text(Safetensors file, String source, String key) throws MalformedModelException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw new MalformedModelException(source, "has no metadata " + key + ", expected it among " + file.metadata().keySet());
    }
    return text;
  }

  /// Checks a text of the file's metadata.
  static void requireText(Safetensors file, String source, String key, String expected) throws MalformedModelException {
    String found = text(file, source, key);
    if (!found.equals(expected)) {
      throw new MalformedModelException(source, key + " is " + found + ", expected " + expected);
    }
  }
}
