package dev.lanewise.onnx;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.FormatException;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.ModelReader;
import dev.lanewise.onnx.format.Protos;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import dev.lanewise.onnx.format.ValueInfo;
import dev.lanewise.onnx.operator.Operators;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One of ONNX's own backend tests: a file, and what goes in and comes out of it.
///
/// The file's floating inputs are x, unless that is refused, as where weights are among them: then the first alone is.
/// The whole of x is one sample. Each floating output must be what the test says, to the tolerance of ONNX's own
/// runner,
/// and its Jacobian the same by columns and by rows. Where the first axis can be the batch's, samples apart must give
/// the same.
final class ConformanceCase {

  /// What came of it.
  ///
  /// @param reason why it was refused, or what is wrong
  record Outcome(String verdict, String reason) {

    static final Outcome PASSED = new Outcome("passed", "");

    static Outcome refused(String reason) {
      return new Outcome("refused", reason);
    }

    static Outcome failed(String reason) {
      return new Outcome("failed", reason);
    }

    boolean isPassed() {
      return this == PASSED;
    }
  }

  private final Path folder;
  private ModelProto model;
  private List<ValueInfo> inputs;

  ConformanceCase(Path folder) {
    this.folder = folder;
  }

  /// For example `node/test_abs`.
  String name() {
    return folder.getParent().getFileName() + "/" + folder.getFileName();
  }

  /// The operators of the file, each once.
  Set<String> operators() {
    Set<String> operators = new TreeSet<>();
    if (model != null) {
      model.graph().nodes().forEach(node ->
          operators.add(node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator()));
    }
    return operators;
  }

  private List<String> left() {
    return operators().stream().filter(name -> !Operators.names().contains(name)).toList();
  }

  Outcome run() throws IOException {
    if (!Files.exists(folder.resolve("model.onnx"))) {
      return Outcome.refused("its file is not in the folder, but named for download");
    }
    try {
      model = ModelReader.read(folder.resolve("model.onnx"));
      Set<String> known = new HashSet<>();
      model.graph().initializers().forEach(tensor -> known.add(tensor.name()));
      inputs = model.graph().inputs().stream().filter(info -> !known.contains(info.name())).toList();
      List<ValueInfo> outputs = model.graph().outputs();
      if (outputs.stream().noneMatch(info -> isComputed(info))) {
        return Outcome.refused("outputs are of types " + outputs.stream().map(ValueInfo::type).toList()
            + ", expected floating numbers or BOOL");
      }
      try (Stream<Path> sets = Files.list(folder)) {
        for (Path set : sets.filter(Files::isDirectory).sorted().toList()) {
          run(set);
        }
      }
      return left().isEmpty() ? Outcome.PASSED
          : Outcome.refused("outputs of other types take operators that are not supported: " + left());
    } catch (FormatException | Refusal e) {
      return Outcome.refused(e.getMessage());
    } catch (Agreement.Mismatch e) {
      return Outcome.failed(e.getMessage());
    } catch (RuntimeException | AssertionError e) { // No file may end in one.
      return Outcome.failed(e.toString());
    }
  }

  private void run(Path set) throws IOException {
    List<TensorProto> given = tensors(set, "input", inputs);
    List<TensorProto> expected = tensors(set, "output", model.graph().outputs());
    for (int index = 0; index < expected.size(); index++) {
      ValueInfo info = model.graph().outputs().get(index);
      if (isComputed(info)) {
        check(info.name(), given, expected.get(index));
      }
    }
  }

  /// Whether a network can have such an output: floating numbers, or conditions as 0 and 1.
  private static boolean isComputed(ValueInfo output) {
    return output.type().isFloating() || output.type() == ElementType.BOOL;
  }

  private static List<TensorProto> tensors(Path set, String kind, List<ValueInfo> infos) throws IOException {
    List<TensorProto> tensors = new ArrayList<>();
    for (int index = 0; index < infos.size(); index++) {
      Path file = set.resolve(kind + "_" + index + ".pb");
      TensorProto tensor = Files.exists(file)
          ? Protos.tensor(ByteBuffer.wrap(Files.readAllBytes(file))) : null;
      tensors.add(tensor == null ? null : asDeclared(tensor, infos.get(index).type()));
    }
    return tensors;
  }

  /// NumPy, which wrote the data, has no bfloat16, and left its bits.
  private static TensorProto asDeclared(TensorProto tensor, ElementType type) {
    if (type != ElementType.BFLOAT16 || tensor.type() != ElementType.UINT16) {
      return tensor;
    }
    double[] values = Arrays.stream(tensor.integers()).mapToDouble(bits -> Float.intBitsToFloat((int) bits << 16))
        .toArray();
    return new TensorProto(tensor.name(), type, tensor.dims(), Tensor.of(values, values.length).to(Precision.FLOAT));
  }

  private void check(String output, List<TensorProto> given, TensorProto expected) throws FormatException {
    try {
      check(output, given, expected, floating(inputs));
    } catch (Refusal all) {
      List<String> first = floating(inputs).stream().limit(1).toList();
      if (floating(inputs).size() < 2) {
        throw all;
      }
      try {
        check(output, given, expected, first);
      } catch (Refusal _) {
        throw all;
      }
    }
  }

  private static List<String> floating(List<ValueInfo> infos) {
    return infos.stream().filter(info -> info.type().isFloating()).map(ValueInfo::name).toList();
  }

  private void check(String output, List<TensorProto> given, TensorProto expected, List<String> varying)
      throws FormatException {
    OnnxOptions options = OnnxOptions.defaults().output(output);
    for (int index = 0; index < given.size(); index++) {
      String name = inputs.get(index).name();
      if (!varying.contains(name) && given.get(index) != null) {
        options = fixed(options, name, given.get(index));
      }
    }
    Network whole = new Translation(model, options.wholeSamples()).network();
    Tensor x = joined(whole, given, 1);
    Agreement.requireOfWhole(whole, x, expected);
    Agreement.requireOfModes(new Translation(model, options.wholeSamples().precision(Precision.DOUBLE)).network(), x);
    checkBatch(options, whole, given, expected);
  }

  private static OnnxOptions fixed(OnnxOptions options, String name, TensorProto tensor) {
    if (tensor.type().isFloating()) {
      return options.fixed(name, Numbers.constant(tensor.numbers(), tensor.dims()));
    }
    if (!tensor.type().isInteger()) {
      throw new Refusal("input " + name + " is of type " + tensor.type() + ", expected floating numbers or integers");
    }
    return options.fixed(name, Integers.of(tensor.type(), tensor.integers(), tensor.dims()));
  }

  /// The inputs that a network takes, of each sample one behind the other.
  private Tensor joined(Network network, List<TensorProto> given, int batch) {
    Tensor x = Tensor.zeros(precision(network, given), network.inputShape().prepend(batch));
    int row = network.inputShape().size();
    int to = 0;
    for (String name : network.inputs()) {
      Tensor part = given.get(indexOf(name)).numbers();
      int length = part.size() / batch;
      for (int i = 0; i < part.size(); i++) {
        x.set(i / length * row + to + i % length, part.get(i));
      }
      to += length;
    }
    return x;
  }

  private int indexOf(String name) {
    return inputs.stream().map(ValueInfo::name).toList().indexOf(name);
  }

  private Precision precision(Network network, List<TensorProto> given) {
    return network.parameters().isNone() ? given.get(indexOf(network.inputs().getFirst())).numbers().precision()
        : network.parameters().precision();
  }

  /// With the first axis open, which makes it the batch's.
  private void checkBatch(OnnxOptions options, Network whole, List<TensorProto> given, TensorProto expected)
      throws FormatException {
    int batch = -1;
    for (String name : whole.inputs()) {
      int[] dims = given.get(indexOf(name)).dims();
      if (dims.length == 0 || dims[0] == 0 || batch >= 0 && dims[0] != batch) {
        return;
      }
      batch = dims[0];
    }
    Network apart;
    try {
      apart = new Translation(opened(whole.inputs()), options).network();
    } catch (Refusal _) {
      return;
    }
    Tensor y = apart.forward(joined(apart, given, batch));
    Agreement.requireOfSamples(apart, y, batch, expected);
  }

  private ModelProto opened(List<String> varying) {
    GraphProto graph = model.graph();
    List<ValueInfo> infos = graph.inputs().stream().map(info -> varying.contains(info.name()) ? opened(info) : info)
        .toList();
    return new ModelProto(model.irVersion(), model.producer(), model.opsets(), new GraphProto(graph.name(),
        graph.nodes(), graph.initializers(), infos, graph.outputs(), graph.values()), model.metadata(),
        model.functions());
  }

  private static ValueInfo opened(ValueInfo info) {
    List<Dimension> dims = new ArrayList<>(info.shape().orElseThrow());
    dims.set(0, Dimension.open("batch"));
    return new ValueInfo(info.name(), info.type(), Optional.of(dims));
  }
}
