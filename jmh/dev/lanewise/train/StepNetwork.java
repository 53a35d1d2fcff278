package dev.lanewise.train;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.ops.Window;
import dev.lanewise.train.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A network whose training step is measured, by its name in `summary.json`.
///
/// - `784-100-10`: dense layers of these widths with relu between them
/// - `cnn-28x28`: on images of 28 × 28, twice a convolution of 3 × 3 with relu and a max pool, to 16 and 32 channels,
///   then 10 outputs
/// - `lstm-50x2-64`: an LSTM over 50 steps of 2 features, the last of its 64 states, 1 output
///
/// @param sample the shape of one
/// @param outputs 1 with half the squared error, otherwise with cross-entropy of softmax
record StepNetwork(List<Layer> layers, Shape sample, int outputs) {

  private static final int CLASSES = 10;

  static StepNetwork of(String name) {
    String kind = name.substring(0, name.indexOf('-'));
    int[] sizes = Arrays.stream(name.split("[-x]")).skip(Character.isDigit(name.charAt(0)) ? 0 : 1)
        .mapToInt(Integer::parseInt).toArray();
    return switch (kind) {
      case "cnn" -> cnn(sizes[0]);
      case "lstm" -> new StepNetwork(List.of(new Lstm(sizes[1], sizes[2]).lastState(),
          new Dense(sizes[2], 1, Activation.IDENTITY)), Shape.of(sizes[0], sizes[1]), 1);
      default -> perceptron(sizes);
    };
  }

  private static StepNetwork cnn(int size) {
    Window window = Window.of(3).withPadding(1);
    return new StepNetwork(List.of(
        new Conv2d(1, 16, window, Activation.RELU), MaxPool2d.of(2), new Conv2d(16, 32, window, Activation.RELU),
        MaxPool2d.of(2),
        new Flatten(), new Dense(32 * (size / 4) * (size / 4), CLASSES, Activation.IDENTITY)), Shape.of(1, size, size),
        CLASSES);
  }

  private static StepNetwork perceptron(int[] widths) {
    List<Layer> layers = new ArrayList<>();
    for (int layer = 1; layer < widths.length; layer++) {
      layers.add(new Dense(widths[layer - 1], widths[layer],
          layer == widths.length - 1 ? Activation.IDENTITY : Activation.RELU));
    }
    return new StepNetwork(layers, Shape.of(widths[0]), widths[widths.length - 1]);
  }

  Loss loss() {
    return outputs == 1 ? Loss.halfSquaredError() : Loss.softmaxCrossEntropy();
  }
}
