package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.io.Safetensors;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.CnnArchitecture;
import dev.lanewise.model.MlpArchitecture;
import dev.lanewise.model.Regressor;
import dev.lanewise.model.SequenceArchitecture;
import dev.lanewise.model.SequenceArchitecture.Cell;
import dev.lanewise.onnx.writer.OtherRuntime;
import dev.lanewise.train.data.Standardizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models, from inputs as they are to logits or to predictions in the targets' units, run by ONNX Runtime.
class WrittenModelsTest {

  private static final double TOLERANCE = 2e-6;

  @TempDir
  Path folder;

  @BeforeEach
  void otherRuntimeLoads() {
    Assumptions.assumeTrue(OtherRuntime.loads());
  }

  private static Tensor rows(int seed, double scale, int... dims) {
    Random random = new Random(seed);
    Tensor x = Tensor.zeros(Precision.FLOAT, dims);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, scale * (1 + random.nextGaussian()));
    }
    return x;
  }

  private void check(Path file, Tensor x, Tensor expected) throws IOException {
    Tensor found = OtherRuntime.run(Files.readAllBytes(file), x);
    assertEquals(expected.shape(), found.shape());
    double scale = 0;
    for (int i = 0; i < expected.size(); i++) {
      scale = Math.max(scale, Math.abs(expected.get(i)));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), found.get(i), TOLERANCE * scale, "at " + i);
    }
  }

  /// With what its inputs were standardized with.
  @Test
  void digitsClassifier() throws IOException {
    Safetensors file = Safetensors.read(Path.of("src/test/resources/networks/digits-mlp.safetensors"));
    MlpArchitecture architecture =
        new MlpArchitecture(Task.CLASSIFICATION, List.of(64, 32, 16, 10), Activation.RELU, 0.2);
    Parameters theta = file.parameters(architecture.network().parameters(), Precision.FLOAT);
    Classifier model = Classifier.of(architecture, theta)
        .withInputs(Standardizer.of(file.get("standardize.mean"), file.get("standardize.sd")));
    Path written = folder.resolve("digits.onnx");
    Onnx.write(written, model);
    Tensor x = rows(1, 8, 5, 64);
    check(written, x, model.logits(x, new Workspace()));
  }

  @Test
  void classifierOfImages() throws IOException {
    CnnArchitecture architecture = new CnnArchitecture(Task.CLASSIFICATION, 2, 8, 8, List.of(4, 6), 2, true, false,
        List.of(12, 3), Activation.RELU, 0.5);
    Classifier model = Classifier.of(architecture,
        Parameters.initialize(architecture.network().parameters(), Precision.FLOAT, 1));
    Path written = folder.resolve("images.onnx");
    Onnx.write(written, model);
    Tensor x = rows(2, 1, 3, 2, 8, 8);
    check(written, x, model.logits(x, new Workspace()));
  }

  /// From times that floats hold badly to targets in their units.
  @Test
  void regressor() throws IOException {
    MlpArchitecture architecture = new MlpArchitecture(Task.REGRESSION, List.of(3, 8, 2), Activation.TANH, 0);
    Regressor model = Regressor.of(architecture,
            Parameters.initialize(architecture.network().parameters(), Precision.FLOAT, 1))
        .withInputs(Standardizer.of(Tensor.of(new double[] {1.7e9, 0, -3}, 3), Tensor.of(new double[] {5e8, 0, 2}, 3)))
        .withTargets(Standardizer.of(Tensor.of(new double[] {10, -20}, 2), Tensor.of(new double[] {300, 5}, 2)));
    Path written = folder.resolve("regressor.onnx");
    Onnx.write(written, model);
    Tensor x = rows(3, 1e9, 4, 3);
    check(written, x, model.predict(x));
  }

  /// Of any number of steps.
  @Test
  void regressorOfSequences() throws IOException {
    for (Cell cell : Cell.values()) {
      SequenceArchitecture architecture = new SequenceArchitecture(Task.REGRESSION, 2, 1, cell, 5, 2, true, 0, 0.1);
      Regressor model = Regressor.of(architecture,
              Parameters.initialize(architecture.network().parameters(), Precision.FLOAT, 1))
          .withInputs(Standardizer.of(Tensor.of(new double[] {1, 2}, 2), Tensor.of(new double[] {3, 4}, 2)));
      Path written = folder.resolve(cell + ".onnx");
      Onnx.write(written, model);
      for (int time : new int[] {1, 7}) {
        Tensor x = rows(4, 1, 3, time, 2);
        check(written, x, model.predict(x));
      }
    }
  }

  @Test
  void regressorOfSequencesWithLengths() throws IOException {
    SequenceArchitecture architecture = new SequenceArchitecture(Task.REGRESSION, 2, 1, Cell.LSTM, 5, 1, false, 6, 0);
    Regressor model = Regressor.of(architecture,
        Parameters.initialize(architecture.network().parameters(), Precision.FLOAT, 1));
    Path written = folder.resolve("lengths.onnx");
    Onnx.write(written, model);
    Tensor x = rows(5, 1, 3, 13);
    for (int row = 0; row < 3; row++) {
      x.set(13 * row + 12, 2 + 2 * row);
    }
    check(written, x, model.predict(x));
  }
}
