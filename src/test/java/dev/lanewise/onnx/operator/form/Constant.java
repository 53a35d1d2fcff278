package dev.lanewise.onnx.operator.form;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import java.io.IOException;

/// What tests ask of values that are known when a file is read: they are what x = 1 is multiplied by.
final class Constant {

  private Constant() {}

  /// Checks the elements of a constant, in double.
  static void assertIs(OnnxModels model, String value, double... expected) throws IOException {
    Network net = model.input("one", "samples", 1).integers("flat", 1, -1).node("Cast", value + " -> number", "to", 11)
        .node("Reshape", "number, flat -> row").node("Mul", "one, row -> product").output("product")
        .network(OnnxOptions.defaults().precision(Precision.DOUBLE).inputs("one"));
    assertArrayEquals(expected, net.forward(Tensor.row(1.0)).toDoubles(), 1e-15);
  }
}
