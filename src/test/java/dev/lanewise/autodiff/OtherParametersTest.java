package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import dev.lanewise.testkit.GradCheck;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossLayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Another network's parameters are refused by every operator, whichever way it goes, both sides named.
class OtherParametersTest {

  private static final Sequential NET = Sequential.of(new Dense(2, 3, Activation.TANH), new Dense(3, 1));
  private static final Tensor X = BatchNet.random(Precision.FLOAT, 1, 1, 2);
  private static final Tensor Y = Tensor.zeros(Precision.FLOAT, 1, 1);
  private static final Tensor U = BatchNet.random(Precision.FLOAT, 2, 1, 1);

  /// One of the operators, given θ.
  private interface Operator {
    void apply(Parameters theta);
  }

  private static Map<String, Operator> operators(Layer f) {
    Map<String, Operator> all = new LinkedHashMap<>();
    for (Mode mode : Mode.values()) {
      JacobianOptions options = JacobianOptions.defaults().withMode(mode);
      all.put("jacobian " + mode, theta -> Jacobians.jacobian(f, theta, X, mode));
      all.put("jacobian in chunks " + mode, theta -> Jacobians.jacobian(f, theta, X, mode, 1));
      all.put("prepared " + mode, theta -> PreparedJacobian.of(f, theta, X.shape(), options));
      all.put("prepared, precision given " + mode, theta -> PreparedJacobian.of(f, theta, Precision.FLOAT, X.shape(),
          options));
      all.put("prepared samples " + mode, theta -> PreparedSampleJacobians.of(f, theta, X.shape(), options));
    }
    all.put("linearize", theta -> Jacobians.linearize(f, theta, X));
    all.put("jvp", theta -> Jacobians.valueAndJvp(f, theta, X, X));
    all.put("vjp", theta -> Jacobians.valueAndVjp(f, theta, X, U));
    all.put("gradient", theta -> Jacobians.gradient(f, theta, X));
    all.put("samples", theta -> SampleJacobians.perSampleJacobians(f, theta, X, Mode.REVERSE, 1));
    all.put("parameters", theta -> ParameterJacobians.parameterJacobian(f, theta, X));
    all.put("sample gradients", theta -> ParameterJacobians.perSampleGradients(f, theta, X, U));
    all.put("hvp", theta -> Hessians.hvp(f, theta, X, U, X));
    all.put("hessian", theta -> Hessians.hessian(f, theta, X, U));
    all.put("parameterHvp", theta -> Hessians.parameterHvp(f, theta, X, U, theta));
    all.put("gaussNewton", theta -> Hessians.gaussNewton(f, theta, X, X));
    all.put("parameterGaussNewton", theta -> Hessians.parameterGaussNewton(f, theta, X, theta));
    all.put("grad check", theta -> GradCheck.of(f, theta, X));
    all.put("trainer", theta -> new Trainer(f, theta, Loss.meanSquaredError(),
        new Dataset(BatchNet.random(Precision.FLOAT, 3, 40, 2), BatchNet.random(Precision.FLOAT, 4, 40, 1)),
        TrainerOptions.defaults()));
    return all;
  }

  private static Parameters of(Layer... layers) {
    return Parameters.initialize(Sequential.of(layers).parameters(), Precision.FLOAT, 1);
  }

  /// A network that takes whatever it is given, as a layer of somebody's own may.
  private record Trusting(Layer of) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return of.outputShape(input);
    }

    @Override
    public ParameterSpec parameters() {
      return of.parameters();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      return of.linearize(x, Parameters.zeros(of.parameters(), x.precision()), ws);
    }
  }

  @Test
  void areRefusedAtTheDoorWhereTheLayerTakesAnything() {
    Layer trusting = new Trusting(NET);
    operators(trusting).forEach((operator, call) -> {
      Parameters other = of(new Dense(2, 4), new Dense(4, 1));
      String message = assertThrows(IllegalArgumentException.class, () -> call.apply(other), operator).getMessage();
      assertTrue(message.contains("[4, 2], expected [3, 2]") || operator.equals("trainer"), operator + ": " + message);
    });
  }

  private static Map<String, Parameters> others() {
    Map<String, Parameters> all = new LinkedHashMap<>();
    all.put("4 in place of 3 units", of(new Dense(2, 4), new Dense(4, 1)));
    all.put("no bias", of(new Dense(2, 3, false, Activation.TANH), new Dense(3, 1, false, Activation.TANH)));
    all.put("no bias in the last layer", of(new Dense(2, 3), new Dense(3, 1, false, Activation.TANH)));
    all.put("layers swapped", of(new Dense(3, 1), new Dense(2, 3)));
    all.put("one layer more", of(new Dense(2, 3), new Dense(3, 1), new Softmax()));
    all.put("one layer fewer", of(new Dense(2, 3)));
    all.put("other parts", Parameters.of(ParameterSpec.join(List.of(NET.parameters())), of(new Dense(2, 3),
        new Dense(3, 1)).flat()));
    ParameterSpec first = ParameterSpec.of(NET.parameters().parts().getFirst().entries().getFirst());
    ParameterSpec rest = ParameterSpec.of(entry("bias", 3), entry("weight", 1, 3), entry("last", 1));
    all.put("grouped otherwise", Parameters.zeros(ParameterSpec.join(List.of(first, rest)), Precision.FLOAT));
    all.put("as many numbers in a flat spec",
        Parameters.zeros(ParameterSpec.of(NET.parameters().entries().toArray(ParameterSpec.Entry[]::new)),
        Precision.FLOAT));
    all.put("two directions", Parameters.zeros(NET.parameters(), Precision.FLOAT, 2));
    all.put("another precision", of(new Dense(2, 3), new Dense(3, 1)).to(Precision.DOUBLE));
    all.put("none", Parameters.none());
    return all;
  }

  private static ParameterSpec.Entry entry(String name, int... dims) {
    return new ParameterSpec.Entry(name, Shape.of(dims), Initializer.zeros());
  }

  @Test
  void areRefusedByEveryOperator() {
    Parameters own = of(new Dense(2, 3), new Dense(3, 1));
    operators(NET).forEach((operator, call) -> {
      assertDoesNotThrow(() -> call.apply(own), operator);
      others().forEach((what, theta) -> {
        boolean takesEither = what.equals("another precision")
            && (operator.equals("grad check") || operator.startsWith("prepared") && !operator.contains("given"));
        if (!takesEither) {
          String message = assertThrows(IllegalArgumentException.class, () -> call.apply(theta), operator + ", "
              + what).getMessage();
          assertTrue(message.contains(", expected ") || message.contains("has no parameters"), operator + ", "
              + what + ": " + message);
        }
      });
    });
  }

  @Test
  void theRefusalNamesBothSides() {
    refused(NET + ": theta has 0.weight [4, 2], expected [3, 2]", "4 in place of 3 units");
    refused(NET + ": theta has 2 parameters, expected 4", "no bias");
    refused(NET + ": theta has 0.weight [1, 3], expected [3, 2]", "layers swapped");
    refused(NET + ": theta has 3 parts, expected 2", "one layer more");
    refused(NET + ": theta has 1 parts, expected 2", "other parts");
    refused(NET + ": theta has part 0 [weight [3, 2]], expected [weight [3, 2], bias [3]]", "grouped otherwise");
    refused(NET + ": theta has 2 directions, expected 1", "two directions");
  }

  private static void refused(String message, String what) {
    assertEquals(message,
        assertThrows(IllegalArgumentException.class, () -> Jacobians.jacobian(NET, others().get(what),
        X)).getMessage());
  }

  @Test
  void soAreDirectionsAndPlacesOfOthersBeforeAnythingIsWritten() {
    Parameters theta = of(new Dense(2, 3), new Dense(3, 1));
    Parameters other = others().get("layers swapped");
    Tensor y = BatchNet.marked(Precision.FLOAT, 1, 1);
    Tensor yDot = BatchNet.marked(Precision.FLOAT, 1, 1);
    Workspace ws = new Workspace();
    assertThrows(IllegalArgumentException.class, () -> Jacobians.valueAndJvp(NET, theta, X, X, other, ws, y, yDot));
    assertThrows(IllegalArgumentException.class, () -> Jacobians.valueAndVjp(NET, theta, X, U, ws, y, Tensor.none(),
        other));
    BatchNet.assertAllMarked(y);
    BatchNet.assertAllMarked(yDot);
  }

  /// The layer is asked for its spec once; of two networks in turn each is checked.
  @Test
  void aParameterSetThatFitsTwoNetworksIsCheckedForEach() {
    Parameters theta = of(new Dense(2, 3), new Dense(3, 1));
    Layer wider = Sequential.of(new Dense(2, 4), new Dense(4, 1));
    for (int time = 0; time < 2; time++) {
      Jacobians.jacobian(NET, theta, X);
      assertThrows(IllegalArgumentException.class, () -> Jacobians.jacobian(wider, theta, X));
    }
  }

  @Test
  void layersWithoutParametersTakeNone() {
    Parameters some = of(new Dense(2, 3));
    Workspace ws = new Workspace();
    Tensor panel = Tensor.zeros(Precision.FLOAT, 1, 1, 2);
    for (Layer layer : List.of(new Softmax(), new LogSoftmax(), new Elementwise(Activation.TANH), new Dropout(0.5))) {
      assertThrows(IllegalArgumentException.class, () -> layer.linearize(X, some, ws));
      var at = layer.linearize(X, Parameters.none(), ws);
      assertThrows(IllegalArgumentException.class, () -> at.jvp(panel, some, panel));
      assertThrows(IllegalArgumentException.class, () -> at.vjp(panel, panel, some));
      assertThrows(IllegalArgumentException.class, () -> at.vjpDot(panel, some, panel, panel, panel,
          Parameters.none()));
      assertThrows(IllegalArgumentException.class, () -> at.vjpDot(panel, Parameters.none(), panel, panel, panel,
          some));
    }
    assertThrows(IllegalArgumentException.class,
        () -> new LossLayer(Loss.meanSquaredError(), Y).linearize(U, some, ws));
  }
}
