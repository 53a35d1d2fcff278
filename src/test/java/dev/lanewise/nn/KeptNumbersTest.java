package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.recurrent.Gru;
import dev.lanewise.nn.recurrent.InitialState;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.nn.recurrent.Recurrent;
import dev.lanewise.nn.recurrent.Rnn;
import dev.lanewise.ops.Window;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossLayer;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A layer's structure says how many numbers its linearization keeps: as many as the workspace then holds, to the last
/// one.
class KeptNumbersTest {

  private record Case(Layer layer, int... input) {
    @Override
    public String toString() {
      return layer + " of " + Arrays.toString(input);
    }
  }

  static Stream<Case> layers() {
    return Stream.of(
        Arrays.stream(Activation.values()).map(each -> new Case(new Elementwise(each), 3, 7)),
        Arrays.stream(Activation.values()).map(each -> new Case(new Dense(7, 5, each), 3, 7)),
        Stream.of(
            new Case(new Dense(7, 5, Activation.GELU), 1, 7),
            new Case(new Dense(4, 9), 0, 4),
            new Case(new Conv2d(2, 5, Window.of(3).withPadding(1), Activation.TANH), 3, 2, 9, 20),
            new Case(new Conv2d(2, 4, Window.of(3).withStride(2), Activation.GELU).withGroups(2), 2, 2, 11, 9),
            new Case(new Conv1d(3, 4, Window.line(3), Activation.RELU), 2, 3, 40),
            new Case(new Conv1d(3, 4, Window.line(3), Activation.MISH).withoutBias(), 1, 3, 5),
            new Case(MaxPool2d.of(2), 3, 2, 28, 28),
            new Case(new MaxPool2d(Window.of(3).withStride(2).withPadding(1)), 3, 2, 9, 9),
            new Case(MaxPool1d.of(2), 3, 2, 41),
            new Case(AvgPool2d.of(2), 3, 2, 28, 28),
            new Case(AvgPool1d.of(3), 3, 2, 40),
            new Case(new GlobalAvgPool(), 3, 2, 9, 9),
            new Case(new Flatten(), 3, 4, 9),
            new Case(new Reshape(6, 6), 3, 4, 9),
            new Case(new BatchNorm(2), 3, 2, 9, 9),
            new Case(new BatchNorm(20), 9, 20),
            new Case(new Softmax(), 3, 7),
            new Case(new LogSoftmax(), 3, 7),
            new Case(new Dropout(0.5), 3, 7),
            new Case(new Standardization(new double[] {1, 2}, new double[] {3, 4}), 3, 5, 2),
            new Case(new LossLayer(Loss.meanSquaredError(), Tensor.zeros(Precision.DOUBLE, 3, 7)), 3, 7),
            new Case(Sequential.of(new Dense(7, 5, Activation.GELU), new Dense(5, 4, Activation.TANH), new Dropout(0.2),
                new Softmax()), 3, 7)))
        .flatMap(each -> each);
  }

  /// The inverse deviations of a batch normalisation are double beside floats: its channels are four bytes more each.
  @ParameterizedTest
  @MethodSource("layers")
  void asManyAreKeptAsTheStructureSays(Case one) throws ReflectiveOperationException {
    for (Precision precision : Precision.values()) {
      if (one.layer instanceof LossLayer && precision == Precision.FLOAT) {
        continue; // its targets are double
      }
      long more = one.layer instanceof BatchNorm norm && precision == Precision.FLOAT ? 4L * norm.channels() : 0;
      Workspace ws = new Workspace();
      Shape input = Shape.of(one.input);
      linearize(one.layer, input, precision, ws);
      long said = one.layer.jacobianStructure(input).kept();
      assertEquals(bytes(ws, 0, ws.mark()), precision.bytes() * said + more, precision.toString());
      assertEquals(0, one.layer.jacobianStructure(input).recomputed());
    }
  }

  @Test
  void inTrainingDropoutKeepsWhatItDrewToo() throws ReflectiveOperationException {
    Dropout layer = new Dropout(0.5);
    Shape input = Shape.of(3, 7);
    Workspace ws = new Workspace();
    ws.beginTraining(1);
    linearize(layer, input, Precision.FLOAT, ws);
    assertEquals(bytes(ws, 0, ws.mark()), 2 * 4 * layer.jacobianStructure(input).kept());
  }

  private static final int BATCH = 3;
  private static final int TIME = 7;

  static Stream<Recurrent> recurrent() {
    return Stream.of(
        new Lstm(2, 5), new Gru(2, 5), new Rnn(2, 5), new Rnn(2, 5, Activation.RELU), new Lstm(9, 5).lastState(),
        new Lstm(2, 5).withoutBias(), new Gru(2, 5).withLayers(3), new Lstm(2, 5).withLayers(2).bidirectional(),
        new Rnn(2, 5).withLayers(2).bidirectional().lastState(), new Gru(2, 5).bidirectional(),
        new Lstm(2, 5).withInitialState(InitialState.PARAMETER)).flatMap(layer -> Stream.of(
            layer, every(layer, 1), every(layer, 3), every(layer, 6), every(layer, TIME), every(layer, TIME + 1)));
  }

  private static Recurrent every(Recurrent layer, int steps) {
    return switch (layer) {
      case Lstm lstm -> lstm.keepingEvery(steps);
      case Gru gru -> gru.keepingEvery(steps);
      case Rnn rnn -> rnn.keepingEvery(steps);
    };
  }

  /// Where only some states are kept, the steps of a segment are in the workspace above what is kept, to be computed
  /// again there: parts, h, inputs, and of an LSTM c and tanh c.
  @ParameterizedTest
  @MethodSource("recurrent")
  void ofSequencesTheSegmentThatIsComputedAgainCounts(Recurrent layer) throws ReflectiveOperationException {
    int every = layer.recurrence().every();
    boolean whole = every == 0 || every >= TIME;
    Shape input = Shape.of(BATCH, TIME, layer.in());
    JacobianStructure structure = layer.jacobianStructure(input);
    for (Precision precision : Precision.values()) {
      Workspace ws = new Workspace();
      Linearization at = linearize(layer, input, precision, ws);
      int tensors = layer instanceof Lstm ? 5 : 3;
      long segment = whole ? 0 : bytes(ws, ws.mark(), ws.mark() + tensors);
      assertEquals(bytes(ws, 0, ws.mark()) + segment, precision.bytes() * structure.kept(), precision.toString());
      assertEquals(layer.outputShape(input), at.output().shape());
    }
    assertEquals(whole ? 0 : structure.multiplyAdds(), structure.recomputed());
    assertEquals(layer.jacobianStructure(input), Sequential.of(layer).jacobianStructure(input));
  }

  /// The widest segment is that of the first layer, which reads 50 features; the others read 5.
  @Test
  void theWidestSegmentCounts() {
    Rnn layer = new Rnn(50, 5).withLayers(2).keepingEvery(3);
    long weights = 5 * (50 + 5) + 5 + 5 * (5 + 5) + 5;
    long sequences = 2 * BATCH * TIME * 5;
    long states = 2 * 3 * BATCH * 5;
    long segment = 3 * BATCH * 50 + 3 * BATCH * 5 + 4 * BATCH * 5;
    assertEquals(weights + sequences + states + segment, layer.jacobianStructure(Shape.of(BATCH, TIME, 50)).kept());
  }

  @Test
  void sequencesOfOtherLengthsAreKeptAsLongAsTheLongest() {
    Lstm layer = new Lstm(2, 5);
    assertEquals(layer.jacobianStructure(Shape.of(BATCH, TIME, 2)).kept(),
        layer.withLengths().jacobianStructure(Shape.of(BATCH, 2 * TIME + 1)).kept());
  }

  @Test
  void negativeNumbersAreRefused() {
    JacobianStructure structure = JacobianStructure.implicit(3);
    assertEquals("JacobianStructure: -1 numbers kept, 0 multiply-adds computed again, expected both 0 or more",
        assertThrows(IllegalArgumentException.class, () -> structure.keeping(-1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> structure.recomputing(-1));
    assertEquals(new JacobianStructure(JacobianStructure.Kind.IMPLICIT, 3, 5, 7), structure.recomputing(7).keeping(5));
    assertTrue(List.of(structure, JacobianStructure.dense(2, 3), JacobianStructure.diagonal(4)).stream()
        .allMatch(each -> each.kept() == 0 && each.recomputed() == 0));
  }

  private static Linearization linearize(Layer layer, Shape input, Precision precision, Workspace ws) {
    Tensor x = Tensor.zeros(precision, input);
    Parameters theta = layer.parameters().size() == 0
        ? Parameters.none() : Parameters.initialize(layer.parameters(), precision, 1);
    return layer.linearize(x, theta, ws);
  }

  /// What the tensors last asked for in these places of a workspace take.
  private static long bytes(Workspace ws, int from, int to) throws ReflectiveOperationException {
    Object slots = field(ws, "slots");
    long bytes = 0;
    for (int slot = from; slot < to; slot++) {
      Object one = Array.get(slots, slot);
      int views = (int) field(one, "viewCount");
      if (views > 0 && (int) field(one, "objectCount") == 0) {
        Tensor last = ((Tensor[]) field(one, "views"))[views - 1];
        bytes += (long) last.precision().bytes() * last.size();
      }
    }
    return bytes;
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }
}
