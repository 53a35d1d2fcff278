package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Standardization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The network that a model hands out takes inputs as they are and answers in the targets' units: its Jacobian is the
/// model's.
class ModelNetworkTest {

  /// Features of different sizes and offsets.
  private static final Tensor X = features(1);

  private static Tensor features(int seed) {
    Tensor x = MlpTest.points(seed, 120);
    for (int row = 0; row < 120; row++) {
      x.set(2 * row, 40 + 3 * x.get(row, 0));
      x.set(2 * row + 1, 0.02 * x.get(row, 1) - 7);
    }
    return x;
  }

  private static Tensor targets() {
    Tensor y = Tensor.zeros(Precision.DOUBLE, 120, 2);
    for (int row = 0; row < 120; row++) {
      y.set(2 * row, 1000 * Math.sin(X.get(row, 0)) + 5000);
      y.set(2 * row + 1, 0.001 * (X.get(row, 1) + 7) * X.get(row, 0));
    }
    return y;
  }

  private static Mlp brief(Mlp mlp) {
    return mlp.withHidden(7).withActivation(Activation.TANH).withPrecision(Precision.DOUBLE)
        .withTraining(training -> training.withEpochs(3));
  }

  @Test
  void aRegressorsJacobianIsThatOfItsPredictions() {
    for (Mlp mlp : List.of(brief(Mlp.regression(2, 2)), brief(Mlp.regression(2, 2)).withoutStandardization())) {
      Regressor model = mlp.fit(X, targets());
      requireJacobian(model::predict, model.network(), model.parameters());
    }
  }

  @Test
  void aClassifiersJacobianIsThatOfItsLogits() {
    int[] labels = new int[120];
    for (int row = 0; row < 120; row++) {
      labels[row] = X.get(row, 0) > 40 ? 1 : X.get(row, 1) > -7 ? 2 : 0;
    }
    Classifier model = brief(Mlp.classification(2, 3)).fit(X, labels);
    requireJacobian(x -> model.logits(x, new Workspace()), model.network(), model.parameters());
  }

  /// Column j by central differences over a thousandth of a deviation or so.
  private static void requireJacobian(UnaryOperator<Tensor> model, Sequential network, Parameters theta) {
    double[] step = {1e-3, 1e-5};
    Tensor x = Tensor.row(41.0, -7.003);
    int m = model.apply(x).size();
    for (int column = 0; column < 2; column++) {
      Tensor more = x.copy();
      Tensor less = x.copy();
      more.set(column, x.get(column) + step[column]);
      less.set(column, x.get(column) - step[column]);
      double width = more.get(column) - less.get(column);
      for (Mode mode : Mode.values()) {
        Tensor j = Jacobians.jacobian(network, theta, x, mode, 2);
        for (int row = 0; row < m; row++) {
          double value = model.apply(more).get(row);
          double expected = (value - model.apply(less).get(row)) / width;
          double rounding = 32 * Math.ulp(value) / width;
          assertEquals(expected, j.get(row, column), 1e-5 * Math.abs(expected) + rounding,
              mode + ", row " + row + ", column " + column);
        }
      }
    }
    Tensor y = Tensor.zeros(Precision.DOUBLE, 1, m);
    PreparedJacobian.of(network, theta, x.shape()).at(x, y, Tensor.zeros(Precision.DOUBLE, m, 2));
    assertArrayEquals(model.apply(x).toDoubles(), y.toDoubles(), 1e-9);
  }

  @Test
  void itsValuesAreThePredictionsToTheBit() {
    Tensor y = targets();
    for (Precision precision : Precision.values()) {
      Tensor x = features(2).to(precision);
      Regressor model = brief(Mlp.regression(2, 2)).withPrecision(precision).fit(X, y);
      Tensor values = model.network().forward(x, model.parameters(), new Workspace());
      assertArrayEquals(model.predict(x).to(precision).toDoubles(), values.toDoubles());
    }
  }

  @Test
  void itHasTheModelsLayersAndParameters(@TempDir Path folder) throws IOException {
    Regressor model = brief(Mlp.regression(2, 2)).fit(X, targets());
    assertEquals(List.of(Standardization.class, Dense.class, Dense.class, Standardization.class),
        model.network().layers().stream().<Class<?>>map(Object::getClass).toList());
    assertEquals(model.network().layers().subList(1, 3), model.architecture().network().layers());
    Parameters plain = Parameters.of(model.architecture().network().parameters(), model.parameters().flat());
    assertArrayEquals(plain.get("0.weight").toDoubles(), model.parameters().get("1.weight").toDoubles());
    model.save(folder.resolve("model.safetensors"));
    Regressor back = Regressor.load(folder.resolve("model.safetensors"));
    assertEquals(model.network(), back.network());
    assertArrayEquals(model.parameters().flat().toDoubles(), back.parameters().flat().toDoubles());
    Regressor bare = brief(Mlp.regression(2, 2)).withoutStandardization().fit(X, targets());
    assertEquals(bare.architecture().network(), bare.network());
    assertTrue(bare.parameters().get("0.weight").size() > 0);
  }
}
