package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.Graph;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.ModelProto;
import dev.lanewise.onnx.format.ModelReader;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.format.ValueInfo;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossLayer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a written file looks like, and what is refused before anything is written.
class WriteTest {

  private static final Sequential NETWORK = Sequential.of(new Dense(3, 4, Activation.TANH), new Dense(4, 2));

  @TempDir
  Path folder;

  private static Parameters theta(Layer layer, Precision precision) {
    return Parameters.initialize(layer.parameters(), precision, 1);
  }

  private Path file() {
    return folder.resolve("net.onnx");
  }

  @Test
  void theFileSaysWhatItIs() throws IOException {
    for (Precision precision : Precision.values()) {
      Parameters theta = theta(NETWORK, precision);
      Onnx.write(file(), NETWORK, theta, Shape.of(3));
      ModelProto model = ModelReader.read(file());
      assertEquals(8, model.irVersion());
      assertEquals("lanewise", model.producer());
      assertEquals(17, model.opsets().get(""));
      ElementType type = precision == Precision.FLOAT ? ElementType.FLOAT : ElementType.DOUBLE;
      assertEquals(List.of(new ValueInfo("x", type, Optional.of(List.of(Dimension.open("batch"), Dimension.of(3))))),
          model.graph().inputs());
      assertEquals(List.of(new ValueInfo("y", type, Optional.of(List.of(Dimension.open("batch"), Dimension.of(2))))),
          model.graph().outputs());
      assertEquals(List.of("0.weight", "0.bias", "1.weight", "1.bias"),
          model.graph().initializers().stream().map(TensorProto::name).toList());
      for (TensorProto tensor : model.graph().initializers()) {
        assertEquals(theta.get(tensor.name()).shape(), tensor.numbers().shape());
        assertArrayEquals(theta.get(tensor.name()).toDoubles(), tensor.numbers().toDoubles());
      }
    }
  }

  @Test
  void whatIsNoNumberIsWrittenToo() throws IOException {
    Parameters theta = theta(NETWORK, Precision.FLOAT);
    theta.get(0).set(0, Double.NaN);
    theta.get(1).set(2, Double.NEGATIVE_INFINITY);
    Onnx.write(file(), NETWORK, theta, Shape.of(3));
    List<TensorProto> weights = ModelReader.read(file()).graph().initializers();
    assertTrue(Double.isNaN(weights.get(0).numbers().get(0)));
    assertEquals(Double.NEGATIVE_INFINITY, weights.get(1).numbers().get(2));
  }

  @Test
  void namesDoNotMeet() throws IOException {
    Layer layer = Graph.layer(Shape.of(3), x -> x.times(x.parameter("x", Shape.of(3), (to, _) -> to.fill(2)))
        .plus(x.parameter("y", Shape.of(3), (to, _) -> to.fill(3))));
    Onnx.write(file(), layer, theta(layer, Precision.FLOAT), Shape.of(3));
    Network read = Onnx.read(file());
    assertEquals(List.of("x_1"), read.inputs());
    assertEquals("y_1", read.output());
    assertEquals(List.of("x", "y"),
        read.parameters().spec().entries().stream().map(ParameterSpec.Entry::name).toList());
    assertArrayEquals(new double[] {5, 7, 9}, read.forward(Tensor.of(new float[] {1, 2, 3}, 1, 3)).toDoubles());
  }

  @Test
  void parametersAreTheLayersOwn() {
    Parameters other = theta(Sequential.of(new Dense(3, 5), new Dense(5, 2)), Precision.FLOAT);
    String fault = assertThrows(IllegalArgumentException.class,
        () -> Onnx.write(file(), NETWORK, other, Shape.of(3))).getMessage();
    assertTrue(fault.contains("theta has 0.weight [5, 3], expected [4, 3]"), fault);
    assertThrows(IllegalArgumentException.class, () -> Onnx.write(file(), NETWORK, Parameters.none(), Shape.of(3)));
    assertFalse(Files.exists(file()));
  }

  @Test
  void samplesFitTheLayer() {
    Parameters theta = theta(NETWORK, Precision.FLOAT);
    for (Shape sample : List.of(Shape.of(4), Shape.of(2, 3), Shape.of(), Shape.of(0))) {
      assertThrows(IllegalArgumentException.class, () -> Onnx.write(file(), NETWORK, theta, sample), sample.toString());
    }
    assertFalse(Files.exists(file()));
  }

  /// A layer of which nothing more is known than what it computes.
  private record Own(List<Layer> chain, List<Layer> branches) implements Layer {

    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public ParameterSpec parameters() {
      List<Layer> parts = chain.isEmpty() ? branches : chain;
      return parts.isEmpty() ? ParameterSpec.none()
          : ParameterSpec.join(parts.stream().map(Layer::parameters).toList());
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aLayerOfTheUsersOwnIsRefusedAndTheFileStays() throws IOException {
    Files.writeString(file(), "what was there");
    Sequential network = Sequential.of(new Dense(3, 3), new Own(List.of(), List.of()));
    String fault = assertThrows(UnsupportedOnnxException.class,
        () -> Onnx.write(file(), network, theta(network, Precision.FLOAT), Shape.of(3))).getMessage();
    assertTrue(fault.startsWith(file() + ": layer Own[chain=[], branches=[]] of " + Own.class.getName()), fault);
    assertEquals("what was there", Files.readString(file()));
  }

  @Test
  void whatALayerSaysThatItIsMadeOfIsWritten() throws IOException {
    List<Layer> parts = List.of(new Dense(3, 3, Activation.RELU), new Dense(3, 3));
    Own chain = new Own(parts, List.of());
    Own sum = new Own(List.of(), parts);
    Parameters theta = theta(chain, Precision.DOUBLE);
    Onnx.write(file(), chain, theta, Shape.of(3));
    assertEquals(List.of("Gemm", "Relu", "Gemm"), operators());
    Onnx.write(file(), sum, theta, Shape.of(3));
    assertEquals(List.of("Gemm", "Relu", "Gemm", "Add"), operators());
  }

  private List<String> operators() throws IOException {
    return ModelReader.read(file()).graph().nodes().stream().map(node -> node.operator()).toList();
  }

  @Test
  void whatMixesSamplesIsRefused() {
    LossLayer loss = new LossLayer(Loss.meanSquaredError(), Tensor.of(new float[] {1, 2}, 2, 1));
    String fault = assertThrows(UnsupportedOnnxException.class,
        () -> Onnx.write(file(), loss, Parameters.none(), Shape.of(1))).getMessage();
    assertTrue(fault.contains("mixes samples"), fault);
  }

  @Test
  void whereNothingCanBeWrittenTheReasonIsSaid() throws IOException {
    Parameters theta = theta(NETWORK, Precision.FLOAT);
    assertThrows(FileSystemException.class, () -> Onnx.write(folder, NETWORK, theta, Shape.of(3)));
    assertThrows(IOException.class,
        () -> Onnx.write(folder.resolve("none").resolve("net.onnx"), NETWORK, theta, Shape.of(3)));
    assertEquals(List.of(), Files.list(folder).toList());
  }
}
