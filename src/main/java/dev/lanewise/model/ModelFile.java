package dev.lanewise.model;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import dev.lanewise.io.Safetensors;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Imputer;
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
/// | `targets.mean`, `targets.sd`          | `feature.0`, …, `output.0`, …: names, of all or of none            |
/// | `impute.values`                       |                                                                    |
final class ModelFile {

  private static final String KIND = "lanewise.model";
  private static final String VERSION = "lanewise.version";
  private static final String MLP = "mlp";
  private static final String CNN = "cnn";
  private static final String SEQUENCE = "sequence";
  private static final List<String> KINDS = List.of(MLP, CNN, SEQUENCE);
  private static final String INPUTS = "standardize";
  private static final String TARGETS = "targets";
  private static final String IMPUTE = "impute.values";
  private static final String FEATURE = "feature.";
  private static final String OUTPUT = "output.";

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
    put(fitted.names().features(), FEATURE, metadata);
    put(fitted.names().outputs(), OUTPUT, metadata);
    Map<String, Tensor> tensors = new LinkedHashMap<>(Safetensors.of(fitted.theta(), Map.of()).tensors());
    fitted.inputs().ifPresent(standardizer -> put(standardizer, INPUTS, tensors));
    fitted.targets().ifPresent(standardizer -> put(standardizer, TARGETS, tensors));
    fitted.imputer().ifPresent(imputer -> tensors.put(IMPUTE, imputer.values()));
    Safetensors.of(tensors, metadata).write(path);
  }

  private static void put(List<String> names, String prefix, Map<String, String> metadata) {
    for (int index = 0; index < names.size(); index++) {
      metadata.put(prefix + index, names.get(index));
    }
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

  /// Checks the shape of each tensor before parameters are allocated, so that the file cannot claim a width it does not
  /// have.
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
    FittedNetwork.requireParameters(spec, theta, source, "tensor ");
    Optional<Standardizer> inputs = standardizer(file, source, INPUTS, Doors.columns(architecture));
    Optional<Standardizer> targets = architecture.task() == Task.REGRESSION
        ? standardizer(file, source, TARGETS, architecture.outputs()) : Optional.empty();
    requireNothingElse(file, source, theta);
    boolean ofChannels = architecture instanceof CnnArchitecture;
    FittedNetwork fitted = new FittedNetwork(architecture, network, theta,
        ofChannels ? inputs.map(Standardizer::forChannels) : inputs, targets, Optional.empty(),
        new Names(texts.names(FEATURE, Names.countOfFeatures(architecture)),
            texts.names(OUTPUT, architecture.outputs())));
    Tensor values = file.tensors().get(IMPUTE);
    if (values == null) {
      return fitted;
    }
    Imputer imputer = Imputer.of(values);
    return fitted.withImputer(ofChannels ? imputer.forChannels() : imputer, IMPUTE);
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
    known.addAll(List.of(INPUTS + ".mean", INPUTS + ".sd", TARGETS + ".mean", TARGETS + ".sd", IMPUTE));
    List<String> left = Stream.concat(file.tensors().keySet().stream(), file.skipped().keySet().stream())
        .filter(name -> !known.contains(name)).toList();
    if (!left.isEmpty()) {
      throw new MalformedModelException(source, "tensors " + Excerpt.of(left)
          + " belong to nothing of the model, expected only " + Excerpt.of(parameters) + " and what standardizes");
    }
  }
}
