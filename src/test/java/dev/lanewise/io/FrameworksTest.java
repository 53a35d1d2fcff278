package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.graph.Graph;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Conv1d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.MultiHeadAttention;
import dev.lanewise.nn.recurrent.Gru;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.nn.recurrent.Rnn;
import dev.lanewise.ops.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Flax and Keras saved computes here what they say that it computes.
class FrameworksTest {

  private static final Path FILES = Path.of("src/test/resources/frameworks");

  private static final Layer FLAX_CNN = Sequential.of(new Conv2d(2, 4, Window.of(3)), new BatchNorm(4),
      new Elementwise(Activation.RELU), new Flatten(), new Dense(24, 5, Activation.TANH), new Dense(5, 3));
  private static final Layer FLAX_RNN = Sequential.of(new Lstm(3, 4), new Gru(4, 2), new Rnn(2, 3));
  private static final Layer FLAX_NNX = Sequential.of(
      Graph.layer(Shape.of(5, 3), x -> x.linear("dense", 4).tanh()), new Gru(4, 4),
      new LayerNorm(Shape.of(4), 1e-6, true, true), new MultiHeadAttention(5, 4, 2));
  private static final Layer KERAS_CNN = Sequential.of(new Conv2d(2, 3, Window.of(3, 2), Activation.RELU),
      new Conv2d(3, 6, Window.of(2)).withGroups(3), new BatchNorm(6, 1e-3, 0.01), new Flatten(),
      new Dense(24, 5, Activation.TANH), new Dense(5, 4, Activation.TANH), new Dense(4, 3));
  private static final Layer KERAS_RNN =
      Sequential.of(new Lstm(4, 2).bidirectional(), new Gru(4, 3), new Rnn(3, 2));

  @Test
  void flaxConvolutions() throws IOException {
    Safetensors file = read("flax-cnn", Framework.FLAX);
    assertRefused("tensor Dense_0.weight has 24 columns after 4 channels, in Flax's order places by channels",
        () -> file.parameters(FLAX_CNN.parameters(), Precision.DOUBLE));
    assertComputes("flax-cnn", FLAX_CNN, file.channelsFirst("Dense_0.weight", 4), true);
  }

  @Test
  void kerasConvolutions() throws IOException {
    Safetensors file = read("keras-cnn", Framework.KERAS);
    assertRefused("expected channelsFirst(\"sequential.dense.weight\", 6)",
        () -> file.parameters(KERAS_CNN.parameters(), Precision.DOUBLE));
    assertComputes("keras-cnn", KERAS_CNN, file.channelsFirst("sequential.dense.weight", 6), true);
    assertComputes("keras-cnn", KERAS_CNN,
        file.under("sequential.").channelsFirst("dense.weight", 6), true);
    assertComputes("keras-cnn", KERAS_CNN,
        file.channelsFirst("sequential.dense.weight", 6).under("sequential."), true);
  }

  @Test
  void flaxCells() throws IOException {
    assertComputes("flax-rnn", FLAX_RNN, read("flax-rnn", Framework.FLAX), false);
  }

  @Test
  void flaxAttentionAndCellsOfOneKernel() throws IOException {
    Safetensors file = read("flax-nnx", Framework.FLAX);
    assertEquals(2, file.skipped().size());
    assertComputes("flax-nnx", FLAX_NNX, file, false);
    assertComputes("flax-nnx", FLAX_NNX, file.under("layers."), false);
  }

  /// The layers behind the first one, which takes sequences channels first.
  @Test
  void kerasCells() throws IOException {
    Safetensors file = read("keras-rnn", Framework.KERAS);
    Layer first = new Conv1d(3, 4, Window.line(2), Activation.RELU);
    Layer turn = Graph.layer(Shape.of(4, 5), x -> x.permute(1, 0));
    assertComputes("keras-rnn", Sequential.of(first, turn, KERAS_RNN), file, true);
  }

  private static Safetensors read(String name, Framework framework) throws IOException {
    return Safetensors.read(FILES.resolve(name + ".safetensors")).from(framework);
  }

  private static void assertComputes(String name, Layer net, Safetensors file, boolean turned) {
    JsonNode expected = JsonMapper.shared().readTree(FILES.resolve(name + ".expected.json").toFile());
    int[] dims = expected.get("x_shape").valueStream().mapToInt(JsonNode::asInt).toArray();
    Tensor x = Tensor.of(numbers(expected.get("x")), dims);
    Parameters theta = file.parameters(net.parameters(), Precision.DOUBLE);
    Tensor y = net.forward(turned ? channelsFirst(x) : x, theta, new Workspace());
    assertArrayEquals(numbers(expected.get("y")), y.toDoubles(), 1e-12, name);
  }

  /// `[batch, …places, channels]` as `[batch, channels, …places]`.
  private static Tensor channelsFirst(Tensor x) {
    int batch = x.shape().dim(0);
    int channels = x.shape().last();
    int places = x.size() / batch / channels;
    int[] dims = IntStream.range(0, x.shape().rank())
        .map(axis -> axis == 0 ? batch : axis == 1 ? channels : x.shape().dim(axis - 1)).toArray();
    Tensor turned = Tensor.zeros(x.precision(), dims);
    for (int i = 0; i < x.size(); i++) {
      int sample = i / (places * channels);
      turned.set((sample * channels + i % channels) * places + i / channels % places, x.get(i));
    }
    return turned;
  }

  private static double[] numbers(JsonNode list) {
    return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  /// What shapes tell apart is found whatever it is called; what they do not is not guessed.
  @Test
  void layersOfTwoClassesAreToldByTheirShapesOrNotAtAll() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("output/kernel:0", matrix(3, 2, 1));
    tensors.put("output/bias:0", Tensor.of(new double[] {7, 7}, 2));
    tensors.put("hidden/kernel:0", matrix(4, 3, 1));
    tensors.put("hidden/bias:0", Tensor.of(new double[] {1, 1, 1}, 3));
    Layer net = Sequential.of(new Dense(4, 3), new Dense(3, 2));
    Parameters theta = keras(tensors).parameters(net.parameters(), Precision.DOUBLE);
    assertEquals(7, theta.get("1.bias").get(0));
    tensors.put("output/kernel:0", matrix(3, 3, 1));
    tensors.put("output/bias:0", Tensor.zeros(Precision.DOUBLE, 3));
    tensors.put("hidden/kernel:0", matrix(3, 3, 1));
    Layer square = Sequential.of(new Dense(3, 3), new Dense(3, 3));
    assertRefused("no tensor for parameter 0.weight; where names do not tell layers apart, parameters(spec, precision, "
        + "fileName) does", () -> keras(tensors).parameters(square.parameters(), Precision.DOUBLE));
    assertEquals(4, keras(tensors).parameters(square.parameters(), Precision.DOUBLE,
        name -> name.replace("0.", "hidden.").replace("1.", "output.")).count());
  }

  /// Ten comes after two, and no number first.
  @Test
  void layersOfAClassAreCounted() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Layer[] layers = new Layer[12];
    for (int i = layers.length - 1; i >= 0; i--) {
      tensors.put("dense" + (i == 0 ? "" : "_" + i) + "/kernel", matrix(2, 2, i));
      layers[i] = new Dense(2, 2, false, Activation.IDENTITY);
    }
    Parameters theta = keras(tensors).parameters(Sequential.of(layers).parameters(), Precision.DOUBLE);
    for (int i = 0; i < layers.length; i++) {
      assertEquals(i, theta.get(i).get(0));
    }
    tensors.put("dense_0/kernel", matrix(2, 2, 0));
    Layer[] more = IntStream.range(0, 13).mapToObj(_ -> new Dense(2, 2, false, Activation.IDENTITY))
        .toArray(Layer[]::new);
    assertRefused("no tensor for parameter 0.weight",
        () -> keras(tensors).parameters(Sequential.of(more).parameters(), Precision.DOUBLE));
  }

  @Test
  void noLayerIsLeftOut() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("dense/kernel", matrix(3, 2, 1));
    tensors.put("scale/alpha", Tensor.zeros(Precision.DOUBLE, 2));
    assertRefused("tensors [scale.alpha] belong to no parameter", () -> keras(tensors)
        .parameters(new Dense(3, 2, false, Activation.IDENTITY).parameters(), Precision.DOUBLE));
  }

  /// A cell's normalization is no part of the layers here.
  @Test
  void whatCellsAndAttentionHaveBesideIsKeptAndNamed() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("rnn/kernel", matrix(2, 2, 1));
    tensors.put("rnn/recurrent_kernel", matrix(2, 2, 1));
    tensors.put("rnn/alpha", Tensor.zeros(Precision.DOUBLE, 2));
    assertRefused("tensors [alpha] belong to no parameter", () -> keras(tensors).under("rnn.").parameters(
        new Rnn(2, 2, Activation.TANH).withoutBias().parameters(), Precision.DOUBLE));
  }

  @Test
  void aLayerAloneIsFound() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("params.MultiHeadDotProductAttention_0.out.kernel", Tensor.zeros(Precision.DOUBLE, 2, 2, 4));
    for (String part : new String[] {"query", "key", "value"}) {
      tensors.put("params.MultiHeadDotProductAttention_0." + part + ".kernel", Tensor.zeros(Precision.DOUBLE, 4, 2, 2));
    }
    assertEquals(2, flax(tensors).parameters(new MultiHeadAttention(3, 4, 2, false, false).parameters(),
        Precision.DOUBLE).count());
  }

  @Test
  void whatNoLayerHereComputesIsRefused() {
    assertRefused("conv2d_transpose_1 is a transposed convolution",
        () -> keras(Map.of("conv2d_transpose_1/kernel:0", Tensor.zeros(Precision.FLOAT, 3, 3, 2, 4))));
    assertRefused("ConvTranspose_0 is a transposed convolution",
        () -> flax(Map.of("params/ConvTranspose_0/kernel", Tensor.zeros(Precision.FLOAT, 3, 3, 2, 4))));
    assertRefused("separable_conv2d is a separable convolution",
        () -> keras(Map.of("separable_conv2d/pointwise_kernel", Tensor.zeros(Precision.FLOAT, 1, 1, 2, 4))));
    Map<String, Tensor> gru = new LinkedHashMap<>(Map.of("gru/gru_cell/kernel", Tensor.zeros(Precision.FLOAT, 2, 9),
        "gru/gru_cell/recurrent_kernel", Tensor.zeros(Precision.FLOAT, 3, 9)));
    assertRefused("the recurrent layer gru.gru_cell has bias none, expected [2, 9], that of a GRU with reset_after",
        () -> keras(gru));
    gru.put("gru/gru_cell/bias", Tensor.zeros(Precision.FLOAT, 9));
    assertRefused("has bias [9], expected [2, 9]", () -> keras(gru));
    gru.remove("gru/gru_cell/kernel");
    assertRefused("has a kernel none beside the recurrent one [3, 9]", () -> keras(gru));
    assertRefused("has a kernel [3, 3, 2, 8] beside the recurrent one [3, 3, 2, 8]",
        () -> keras(Map.of("conv_lstm2d/kernel", Tensor.zeros(Precision.FLOAT, 3, 3, 2, 8),
            "conv_lstm2d/recurrent_kernel", Tensor.zeros(Precision.FLOAT, 3, 3, 2, 8))));
    assertRefused("two tensors become a.weight", () -> flax(Map.of("params/a/weight", Tensor.row(1f),
        "batch_stats/a/weight", Tensor.row(2f))));
    assertRefused("a.weight is what two tensors become", () -> flax(Map.of("a/kernel", Tensor.row(1f),
        "a/scale", Tensor.row(2f))));
  }

  @Test
  void channelsDivideColumns() {
    Safetensors file = Safetensors.of(Map.of("w", matrix(2, 6, 1), "v", Tensor.row(1f).reshape(1)), Map.of());
    assertArrayEquals(new double[] {1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12},
        file.channelsFirst("w", 2).get("w").toDoubles());
    assertRefused("tensor w is [2, 6], expected a matrix whose columns are a multiple of 4 channels",
        () -> file.channelsFirst("w", 4));
    assertRefused("a multiple of 0 channels", () -> file.channelsFirst("w", 0));
    assertRefused("tensor v is [1]", () -> file.channelsFirst("v", 1));
    assertRefused("no tensor u", () -> file.channelsFirst("u", 1));
  }

  /// Empty kernels, kernels of no or one axis: nothing to turn, nothing to fail on.
  @Test
  void kernelsWithoutElementsStayWithoutThem() {
    for (int[] dims : new int[][] {{}, {0}, {3}, {0, 3}, {3, 0}, {0, 0, 4}, {2, 3, 0, 5}, {2, 0, 3, 5}}) {
      for (String name : new String[] {"a/kernel", "a/depthwise_kernel", "a/query/kernel"}) {
        for (Framework framework : Framework.values()) {
          Tensor kernel = Tensor.zeros(Precision.FLOAT, dims);
          Safetensors file = Safetensors.of(Map.of(name, kernel), Map.of()).from(framework);
          assertEquals(kernel.size(), file.tensors().values().iterator().next().size());
        }
      }
    }
  }

  private static Tensor matrix(int rows, int columns, double first) {
    Tensor matrix = Tensor.zeros(Precision.DOUBLE, rows, columns);
    for (int i = 0; i < matrix.size(); i++) {
      matrix.set(i, first + i);
    }
    return matrix;
  }

  private static Safetensors keras(Map<String, Tensor> tensors) {
    return Safetensors.of(tensors, Map.of()).from(Framework.KERAS);
  }

  private static Safetensors flax(Map<String, Tensor> tensors) {
    return Safetensors.of(tensors, Map.of()).from(Framework.FLAX);
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
