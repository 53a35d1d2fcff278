package dev.lanewise.model;

import dev.lanewise.LossOps;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import dev.lanewise.io.Safetensors;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A whole model as a safetensors file.
///
/// | tensors                               | metadata                                                           |
/// |---------------------------------------|--------------------------------------------------------------------|
/// | `0.weight`, `0.bias`, …               | `lanewise.model`: `mlp`, `cnn` or `sequence`; `lanewise.version`: `1` |
/// | `standardize.mean`, `standardize.sd`  | `task`, and what the architecture's `texts()` says                 |
/// | `targets.mean`, `targets.sd`          |                                                                    |
final class ModelFile {

  private static final String KIND = "lanewise.model";
  private static final String VERSION = "lanewise.version";
  private static final String MLP = "mlp";
  private static final String CNN = "cnn";
  private static final String SEQUENCE = "sequence";
  private static final List<String> KINDS = List.of(MLP, CNN, SEQUENCE);
  private static final String INPUTS = "standardize";
  private static final String TARGETS = "targets";

  private ModelFile() {}

  static void write(FittedNetwork fitted, Path path) throws IOException {
    Architecture architecture = fitted.architecture();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(KIND, kind(architecture));
    metadata.put(VERSION, "1");
    metadata.put("task", architecture.task().name());
    metadata.putAll(switch (architecture) {
      case MlpArchitecture mlp -> mlp.texts();
      case CnnArchitecture cnn -> cnn.texts();
      case SequenceArchitecture sequence -> sequence.texts();
    });
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.of(fitted.theta(), Map.of()).tensors());
    fitted.inputs().ifPresent(standardizer -> put(standardizer, INPUTS, tensors));
    fitted.targets().ifPresent(standardizer -> put(standardizer, TARGETS, tensors));
    Safetensors.of(tensors, metadata).write(path);
  }

  private static void put(Standardizer standardizer, String name, Map<String, Tensor> tensors) {
    tensors.put(name + ".mean", standardizer.mean());
    tensors.put(name + ".sd", standardizer.sd());
  }

  private static String kind(Architecture architecture) {
    return switch (architecture) {
      case MlpArchitecture _ -> MLP;
      case CnnArchitecture _ -> CNN;
      case SequenceArchitecture _ -> SEQUENCE;
    };
  }

  static FittedNetwork read(Path path, Task task) throws IOException {
    Safetensors file = Safetensors.read(path);
    String source = path.toString();
    Metadata texts = new Metadata(file, source);
    String kind = texts.text(KIND);
    if (!KINDS.contains(kind)) {
      throw new MalformedModelException(source, KIND + " is " + Excerpt.of(kind) + ", expected one of " + KINDS);
    }
    texts.require(VERSION, "1");
    texts.require("task", task.name());
    try {
      Architecture architecture = switch (kind) {
        case CNN -> CnnArchitecture.read(texts, task);
        case SEQUENCE -> SequenceArchitecture.read(texts, task);
        default -> MlpArchitecture.read(texts, task);
      };
      return read(texts, architecture);
    } catch (IllegalArgumentException doesNotFit) {
      throw new MalformedModelException(source, "is no model: " + doesNotFit.getMessage());
    }
  }

  /// Compares the shape of each tensor before there is room for parameters, so that no width is taken on the file's
  /// word.
  private static FittedNetwork read(Metadata texts, Architecture architecture) throws IOException {
    Safetensors file = texts.file();
    String source = texts.source();
    Sequential network = architecture.network();
    ParameterSpec spec = network.parameters();
    for (ParameterSpec.Entry entry : spec.entries()) {
      texts.requireShape(entry.name(), entry.shape());
    }
    Precision precision = file.get(spec.entries().getFirst().name()).precision();
    Parameters theta = file.parameters(spec, precision, name -> name);
    for (int index = 0; index < theta.count(); index++) {
      String name = spec.entries().get(index).name();
      theta.get(index).requireFinite(source, "tensor " + name);
      if (name.endsWith(".running_var")) {
        LossOps.requireNotNegative(theta.get(index), source, "tensor " + name);
      }
    }
    Optional<Standardizer> inputs = standardizer(file, source, INPUTS, Doors.columns(architecture));
    Optional<Standardizer> targets = architecture.task() == Task.REGRESSION
        ? standardizer(file, source, TARGETS, architecture.outputs()) : Optional.empty();
    requireNothingElse(file, source, theta);
    boolean ofChannels = architecture instanceof CnnArchitecture;
    return new FittedNetwork(architecture, network, theta, ofChannels ? inputs.map(Standardizer::forChannels) : inputs,
        targets);
  }

  private static Optional<Standardizer> standardizer(Safetensors file, String source, String name, int columns)
      throws IOException {
    if (!file.tensors().containsKey(name + ".mean") && !file.tensors().containsKey(name + ".sd")) {
      return Optional.empty();
    }
    Standardizer standardizer = Standardizer.of(file.get(name + ".mean"), file.get(name + ".sd"));
    if (standardizer.columns() != columns) {
      throw new MalformedModelException(source, name + " has " + standardizer.columns() + " columns, expected "
          + columns);
    }
    return Optional.of(standardizer);
  }

  private static void requireNothingElse(Safetensors file, String source, Parameters theta)
      throws MalformedModelException {
    List<String> parameters = theta.spec().entries().stream().map(entry -> entry.name()).toList();
    Set<String> known = new HashSet<>(parameters);
    known.addAll(List.of(INPUTS + ".mean", INPUTS + ".sd", TARGETS + ".mean", TARGETS + ".sd"));
    List<String> left = Stream.concat(file.tensors().keySet().stream(), file.skipped().keySet().stream())
        .filter(name -> !known.contains(name)).toList();
    if (!left.isEmpty()) {
      throw new MalformedModelException(source, "tensors " + Excerpt.of(left)
          + " belong to nothing of the model, expected only "
          + Excerpt.of(parameters) + " and what standardizes");
    }
  }
}
