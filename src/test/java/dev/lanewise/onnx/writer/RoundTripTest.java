package dev.lanewise.onnx.writer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.Onnx;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.UnsupportedOnnxException;
import dev.lanewise.onnx.format.Protos;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What was written is read: the same parameters, the same values, the same Jacobian by every mode.
class RoundTripTest {

  private static final double TOLERANCE = 1e-12;

  @TestFactory
  Stream<DynamicTest> isTheSameAgain() {
    return Cases.all().stream().map(each -> dynamicTest(each.toString(), () -> check(each)));
  }

  private static void check(Cases each) throws IOException {
    Parameters theta = each.theta(Precision.DOUBLE);
    ByteBuffer file = ByteBuffer.wrap(Protos.bytes(Export.of(each.layer(), theta, each.sample(), "x", "y")));
    if (each.recurrence().lengths()) {
      String fault = assertThrows(UnsupportedOnnxException.class,
          () -> Onnx.read(file, OnnxOptions.defaults())).getMessage();
      assertTrue(fault.contains("casts a computed value to INT32"), fault);
      return;
    }
    Network read = Onnx.read(file, OnnxOptions.defaults());
    assertEquals(List.of("x"), read.inputs());
    assertEquals(each.sample(), read.inputShape());
    if (each.recurrence().layers() > 1) {
      assertArrayEquals(sorted(theta), sorted(read.parameters()), "a stack is read as a chain, under other names");
    } else {
      assertSame(theta, read.parameters());
    }
    Tensor x = each.input(Precision.DOUBLE);
    assertNear(each.layer().forward(x, theta, new Workspace()), read.forward(x), "y");
    Tensor first = x.slice(0, 1);
    for (Mode mode : Mode.values()) {
      assertNear(Jacobians.jacobian(each.layer(), theta, first, mode),
          Jacobians.jacobian(read.layer(), read.parameters(), first, mode), "Jacobian " + mode);
    }
  }

  private static void assertSame(Parameters expected, Parameters found) {
    assertEquals(names(expected), names(found));
    for (String name : names(expected)) {
      assertEquals(expected.get(name).shape(), found.get(name).shape(), name);
      assertArrayEquals(expected.get(name).toDoubles(), found.get(name).toDoubles(), name);
    }
  }

  private static Set<String> names(Parameters theta) {
    return theta.spec().entries().stream().map(ParameterSpec.Entry::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static double[] sorted(Parameters theta) {
    return Arrays.stream(theta.flat().toDoubles()).sorted().toArray();
  }

  private static void assertNear(Tensor expected, Tensor found, String what) {
    assertEquals(expected.shape(), found.shape(), what);
    double scale = 1e-3;
    for (int i = 0; i < expected.size(); i++) {
      scale = Math.max(scale, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), TOLERANCE * scale, what + " at " + i);
    }
  }
}
