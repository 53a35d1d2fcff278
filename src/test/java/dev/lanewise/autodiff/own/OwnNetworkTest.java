package dev.lanewise.autodiff.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.own.OwnSubject.Kind;
import dev.lanewise.model.Mlp;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks from files as the report measures them.
class OwnNetworkTest {

  @TempDir
  Path folder;

  private static final Sequential NETWORK = Sequential.of(new Dense(40, 20, Activation.TANH), new Dense(20, 4));

  private Path onnx(double weight) throws IOException {
    Parameters theta = Parameters.initialize(NETWORK.parameters(), Precision.FLOAT, 5);
    theta.flat().set(0, weight);
    Path file = folder.resolve("my.onnx");
    Onnx.write(file, NETWORK, theta, Shape.of(40));
    return file;
  }

  private static String refusal(Path file) {
    return assertThrows(IOException.class, () -> OwnNetwork.load(file)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"attention", "cnn", "lstm", "mlp-gelu"})
  void onnxFilesAreTakenAtOneSample(String name) throws IOException {
    OwnNetwork network = OwnNetwork.load(Path.of("src/test/resources/onnx/" + name + ".onnx"));
    assertEquals(1, network.x().shape().dim(0));
    for (OwnSubject subject : OwnSubject.of(network)) {
      subject.check(network, subject.contestants(network));
    }
  }

  /// Inputs are drawn around the mean that the model standardizes with, where its units are not all saturated.
  @Test
  void aModelIsTakenAtTheUnitsOfItsInputs() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Tensor x = Tensor.zeros(Precision.FLOAT, 32, 3);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, 1000 + 10 * random.nextDouble());
    }
    Path file = folder.resolve("my.safetensors");
    Mlp.regression(3, 3).withHidden(4).withTraining(training -> training.withEpochs(1)).fit(x, x).save(file);
    OwnNetwork network = OwnNetwork.load(file);
    assertEquals("my.safetensors", network.name());
    for (int i = 0; i < 3; i++) {
      assertTrue(network.x().get(i) > 990 && network.x().get(i) < 1020, network.x().toString());
    }
  }

  /// Both modes in chunks, elided, by default, and cut to an eighth, on both sides of D = M; each once.
  @Test
  void whatIsMeasured() throws IOException {
    List<OwnSubject> subjects = OwnSubject.of(OwnNetwork.load(onnx(0.5)));
    assertEquals(List.of(1, 16, 0), of(subjects, Kind.SEEDED).stream().map(OwnSubject::chunk).toList());
    assertEquals(List.of(1, 16, 0), of(subjects, Kind.ELIDED).stream().map(OwnSubject::chunk).toList());
    assertEquals(List.of(Mode.values()), List.copyOf(of(subjects, Kind.PLANNED).getFirst().options().keySet()));
    List<String> cuts = of(subjects, Kind.CUT).stream().map(cut -> cut.inputs() + "x" + cut.outputs()).sorted()
        .toList();
    assertEquals(List.of("10x4", "20x4", "2x4", "40x1", "40x2", "4x4", "5x4"), cuts);
  }

  private static List<OwnSubject> of(List<OwnSubject> subjects, Kind kind) {
    return subjects.stream().filter(subject -> subject.kind() == kind).toList();
  }

  @Test
  void aJacobianThatIsNotFiniteIsRefused() throws IOException {
    assertTrue(refusal(onnx(Double.NaN)).contains("has NaN"), refusal(onnx(Double.NaN)));
  }

  @Test
  void whatIsNoNetworkIsRefused() throws IOException {
    Path none = folder.resolve("none.onnx");
    assertEquals(none + ": no such file, expected a model in .safetensors or a network in .onnx", refusal(none));
    Path text = Files.writeString(folder.resolve("my.txt"), "");
    assertTrue(refusal(text).startsWith(text + ": ends in .txt, expected"));
    assertTrue(refusal(Files.writeString(folder.resolve("half.onnx"), "no"))
        .startsWith(folder.resolve("half.onnx") + ": "));
    assertTrue(refusal(Files.writeString(folder.resolve("half.safetensors"), "no"))
        .startsWith(folder.resolve("half.safetensors") + ": "));
    assertTrue(refusal(Path.of("src/test/resources/networks/digits-mlp.safetensors")).contains("holds weights alone"));
  }
}
