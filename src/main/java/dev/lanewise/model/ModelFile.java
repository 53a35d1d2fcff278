package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import dev.lanewise.io.Safetensors;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
      Architecture architecture = architecture(file, source, task);
      Sequential network = architecture.network();
      Precision precision = file.get("0.weight").precision();
      Parameters theta = file.parameters(network.parameters(), precision, name -> name);
      for (int index = 0; index < theta.count(); index++) {
        theta.get(index).requireFinite(source, "tensor " + theta.spec().entries().get(index).name());
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

  /// Asks for the tensors of each layer before there is a layer, so that no width is taken on the file's word.
  private static Architecture architecture(Safetensors file, String source, Task task) throws MalformedModelException {
    Activation activation = activation(file, source);
    double dropout = dropout(file, source);
    List<Integer> widths = widths(file, source);
    for (int layer = 0; layer + 1 < widths.size(); layer++) {
      String name = Architecture.position(layer, dropout) + "";
      requireShape(file, source, name + ".weight", Shape.of(widths.get(layer + 1), widths.get(layer)));
      requireShape(file, source, name + ".bias", Shape.of(widths.get(layer + 1)));
    }
    return new Architecture(task, widths, activation, dropout);
  }

  private static void requireShape(Safetensors file, String source, String name, Shape expected) throws MalformedModelException {
    Shape shape = file.get(name).shape();
    if (!shape.equals(expected)) {
      throw new MalformedModelException(source, "tensor " + name + " is " + shape + ", expected " + expected);
    }
  }

  private static List<Integer> widths(Safetensors file, String source) throws MalformedModelException {
    String text = text(file, source, "widths");
    long most = file.tensors().size() / 2 + 1; // Each layer has a weight and a bias.
    long count = text.chars().filter(c -> c == '-').count() + 1;
    if (count > most) {
      throw new MalformedModelException(source, "widths are " + Excerpt.of(text) + ", " + count + " numbers, expected at most "
          + most + " with " + file.tensors().size() + " tensors");
    }
    List<Integer> widths = new ArrayList<>();
    for (String width : text.split("-", -1)) {
      if (!width.matches("[1-9][0-9]{0,8}")) {
        throw new MalformedModelException(source, "widths are " + Excerpt.of(text) + ", expected positive integers such as 64-32-10");
      }
      widths.add(Integer.valueOf(width));
    }
    return widths;
  }

  private static Activation activation(Safetensors file, String source) throws MalformedModelException {
    String text = text(file, source, "activation");
    for (Activation activation : Activation.values()) {
      if (activation.name().equals(text)) {
        return activation;
      }
    }
    throw new MalformedModelException(source, "activation is " + Excerpt.of(text) + ", expected one of "
        + Excerpt.of(List.of(Activation.values())));
  }

  private static double dropout(Safetensors file, String source) throws MalformedModelException {
    String text = text(file, source, "dropout");
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new MalformedModelException(source, "dropout is " + Excerpt.of(text) + ", expected a number");
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
    List<String> parameters = theta.spec().entries().stream().map(entry -> entry.name()).toList();
    Set<String> known = new HashSet<>(parameters);
    known.addAll(List.of(INPUTS + ".mean", INPUTS + ".sd", TARGETS + ".mean", TARGETS + ".sd"));
    List<String> left = Stream.concat(file.tensors().keySet().stream(), file.skipped().keySet().stream())
        .filter(name -> !known.contains(name)).toList();
    if (!left.isEmpty()) {
      throw new MalformedModelException(source, "tensors " + Excerpt.of(left) + " belong to nothing of the model, expected only "
          + Excerpt.of(parameters) + " and what standardizes");
    }
  }

  /// A text of the file's metadata.
  static String text(Safetensors file, String source, String key) throws MalformedModelException {
    String text = file.metadata().get(key);
    if (text == null) {
      throw new MalformedModelException(source, "has no metadata " + key + ", expected it among "
          + Excerpt.of(file.metadata().keySet()));
    }
    return text;
  }

  /// Checks a text of the file's metadata.
  static void requireText(Safetensors file, String source, String key, String expected) throws MalformedModelException {
    String found = text(file, source, key);
    if (!found.equals(expected)) {
      throw new MalformedModelException(source, key + " is " + Excerpt.of(found) + ", expected " + Excerpt.of(expected));
    }
  }
}
