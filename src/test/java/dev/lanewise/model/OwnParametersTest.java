package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.data.Imputation;
import dev.lanewise.train.data.Imputer;
import dev.lanewise.train.data.Standardizer;
import dev.lanewise.train.loss.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A model of parameters that a trainer of one's own made.
class OwnParametersTest {

  private static final Tensor X = MlpTest.points(1, 60);
  private static final int[] LABELS = MlpTest.rings(X);
  private static final MlpArchitecture RINGS =
      new MlpArchitecture(Task.CLASSIFICATION, List.of(2, 8, 3), Activation.RELU, 0);

  private static Tensor labels(Precision precision) {
    Tensor labels = Tensor.zeros(precision, LABELS.length);
    for (int row = 0; row < LABELS.length; row++) {
      labels.set(row, LABELS[row]);
    }
    return labels;
  }

  /// The same steps as the recipe takes give the same model.
  @Test
  void itIsTheRecipesModelWhereItTookTheRecipesSteps(@TempDir Path folder) throws IOException {
    Mlp mlp = Mlp.classification(2, 3).withHidden(8).withEpochs(5);
    Standardizer standardizer = Standardizer.fit(X);
    Sequential network = RINGS.network();
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 0);
    Tensor z = standardizer.apply(X, Precision.FLOAT, "test", "x");
    TrainerOptions options = mlp.training();
    new Trainer(network, theta, Loss.softmaxCrossEntropy(), new Dataset(z, labels(Precision.FLOAT)), options).run();
    Names names = Names.ofFeatures("x", "y").withClasses("in", "ring", "out");
    Classifier model = Classifier.of(RINGS, theta).withInputs(standardizer).withNames(names);
    Classifier fitted = mlp.fit(X, LABELS);
    assertArrayEquals(fitted.predictProbabilities(X).toDoubles(), model.predictProbabilities(X).toDoubles());
    assertEquals(fitted.network(), model.network());
    theta.flat().fill(0);
    assertArrayEquals(fitted.parameters().flat().toDoubles(), model.parameters().flat().toDoubles(), "copied");
    Path file = folder.resolve("model.safetensors");
    model.save(file);
    assertEquals(names, Classifier.load(file).names());
    assertArrayEquals(model.predictProbabilities(X).toDoubles(),
        Classifier.load(file).predictProbabilities(X).toDoubles());
  }

  @Test
  void aRegressorHasTargetsToo() throws IOException {
    MlpArchitecture line = new MlpArchitecture(Task.REGRESSION, List.of(1, 1), Activation.RELU, 0);
    Parameters theta = Parameters.of(line.network().parameters(), Tensor.row(2.0, 1));
    Tensor x = Tensor.of(new double[] {1, 3}, 2, 1);
    Regressor plain = Regressor.of(line, theta);
    assertArrayEquals(new double[] {3, 7}, plain.predict(x).toDoubles());
    Standardizer inputs = Standardizer.of(Tensor.of(new double[] {1}, 1), Tensor.of(new double[] {2}, 1));
    Standardizer targets = Standardizer.of(Tensor.of(new double[] {100}, 1), Tensor.of(new double[] {10}, 1));
    Regressor whole = plain.withInputs(inputs).withTargets(targets)
        .withImputer(Imputer.fit(Imputation.median(), x));
    assertArrayEquals(new double[] {110, 130, 120},
        whole.predict(Tensor.of(new double[] {1, 3, Double.NaN}, 3, 1)).toDoubles());
    assertArrayEquals(new double[] {10, 10}, whole.jacobian(x).toDoubles());
    assertTrue(plain.inputs().isEmpty() && plain.imputer().isEmpty(), "each is a model of its own");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Parameters theta = Parameters.initialize(RINGS.network().parameters(), Precision.FLOAT, 1);
    assertRefused("Regressor: the architecture is classification 2-8-3, RELU, expected a regression",
        () -> Regressor.of(RINGS, theta));
    MlpArchitecture other = new MlpArchitecture(Task.CLASSIFICATION, List.of(2, 7, 3), Activation.RELU, 0);
    assertRefused("theta", () -> Classifier.of(other, theta));
    Parameters broken = Parameters.of(theta.spec(), theta.flat().copy());
    broken.get("1.bias").set(2, Double.NaN);
    assertRefused("Classifier: theta's 1.bias has NaN at row 2", () -> Classifier.of(RINGS, broken));
    Classifier model = Classifier.of(RINGS, theta);
    Tensor three = MlpTest.points(1, 30).reshape(20, 3);
    assertRefused(model + ": inputs have Standardizer[columns=3], expected 2 columns",
        () -> model.withInputs(Standardizer.fit(three)));
    assertRefused(model + ": inputs have Imputer[columns=3], expected 2 columns",
        () -> model.withImputer(Imputer.fit(Imputation.mean(), three)));
    assertRefused(model + ": inputs have Standardizer[channels=2], expected 2 columns",
        () -> model.withInputs(Standardizer.fit(X).forChannels()));
    CnnArchitecture images = Cnn.classification(3, 1, 1, 2).withBlocks().withHidden().architecture();
    Classifier ofImages =
        Classifier.of(images, Parameters.initialize(images.network().parameters(), Precision.FLOAT, 1));
    assertRefused("inputs have Standardizer[columns=3], expected 3 channels",
        () -> ofImages.withInputs(Standardizer.fit(three)));
    SequenceArchitecture lengths = Sequence.classification(1, 2).withLengths(2).architecture();
    Classifier ofLengths =
        Classifier.of(lengths, Parameters.initialize(lengths.network().parameters(), Precision.FLOAT, 1));
    assertRefused("expected 0 and 1, which leave it what it is", () -> ofLengths.withInputs(Standardizer.fit(three)));
    MlpArchitecture line = new MlpArchitecture(Task.REGRESSION, List.of(1, 1), Activation.RELU, 0);
    assertRefused("targets have Standardizer[columns=3], expected 1 columns",
        () -> Regressor.of(line, Parameters.zeros(line.network().parameters(), Precision.FLOAT))
            .withTargets(Standardizer.fit(three)));
  }

  /// Four rows are fewer than a batch: a batch is all of them.
  @Test
  void exclusiveOrIsLearnedFromFourRows() {
    Tensor x = Tensor.of(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 4, 2);
    int[] labels = {0, 1, 1, 0};
    assertNotEquals(0, Mlp.classification(2, 2).training().batches().size());
    assertArrayEquals(labels, Mlp.classification(2, 2).fit(x, labels).predict(x));
    Tensor y = Tensor.of(new double[] {0, 1, 1, 0}, 4, 1);
    Regressor model = Mlp.regression(2, 1).fit(x, y);
    for (int row = 0; row < 4; row++) {
      assertEquals(y.get(row), model.predict(x).get(row), 0.3);
    }
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
