package dev.lanewise.onnx.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.Onnx;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.Protos;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// What patterns do to a file whose output is y, and that it computes what it did.
final class Rewritten {

  private static final OnnxOptions OPTIONS = OnnxOptions.defaults().precision(Precision.DOUBLE).output("y");

  private Rewritten() {}

  static GraphProto graph(OnnxModels model) {
    ModelProto file = model.model();
    return Patterns.rewrite(file.graph(), file.opsets().get(""), Set.of("y"), true);
  }

  /// The operators in the file's order, but for constants.
  static List<String> operators(OnnxModels model) {
    return graph(model).nodes().stream().map(NodeProto::operator).filter(name -> !name.equals("Constant")).toList();
  }

  /// The file becomes these operators, and computes and differentiates as it did.
  static void assertBecomes(OnnxModels model, String... operators) throws IOException {
    assertEquals(List.of(operators), operators(model));
    Network found = model.network(OPTIONS);
    Network asWritten = Onnx.read(ByteBuffer.wrap(Protos.bytes(apart(model.model()))), OPTIONS);
    Tensor x = Tensor.zeros(Precision.DOUBLE, found.inputShape().prepend(2));
    SplittableRandom random = new SplittableRandom(7);
    for (int at = 0; at < x.size(); at++) {
      x.set(at, random.nextDouble(-3, 3));
    }
    assertNear(asWritten.forward(x), found.forward(x));
    assertNear(Jacobians.jacobian(asWritten.layer(), asWritten.parameters(), x),
        Jacobians.jacobian(found.layer(), found.parameters(), x));
  }

  private static void assertNear(Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toDoubles(), found.toDoubles(), 2e-7); // constants are rounded to float in the file
  }

  /// The file stays as it is.
  static void assertStays(OnnxModels model) {
    List<String> before = model.model().graph().nodes().stream().map(NodeProto::operator)
        .filter(name -> !name.equals("Constant")).toList();
    assertEquals(before, operators(model));
  }

  /// The same file with something in between that no pattern knows: the largest of one.
  private static ModelProto apart(ModelProto model) {
    GraphProto graph = model.graph();
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      String output = node.outputs().getFirst();
      nodes.add(new NodeProto(node.name(), node.operator(), node.domain(), node.inputs(), List.of(output + " raw"),
          node.attributes()));
      nodes.add(new NodeProto("", "Max", "", List.of(output + " raw"), List.of(output), Map.of()));
    }
    return new ModelProto(model.irVersion(), model.producer(), model.opsets(), new GraphProto(graph.name(), nodes,
        graph.initializers(), graph.inputs(), graph.outputs(), graph.values()), model.metadata(), model.functions());
  }
}
