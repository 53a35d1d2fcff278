package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Reshape;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.recurrent.Lstm;
import dev.lanewise.ops.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A convolutional or recurrent network with a name that lists its layers: the shape of a sample, then `convN`, 3 × 3
/// to N channels; `pool`, the largest of 2 × 2; `denseN`; `lstmN`, whose output is the last state of N units; or
/// another shape. Convolutions and dense layers have a relu, except the last of them. For example
/// `1x28x28-conv8-pool-conv16-pool-dense10`.
///
/// @param multiplyAdds E, the multiply-adds of a value, or of a push or a pull of one direction
record LayeredNetwork(Layer layers, Shape sample, long multiplyAdds) {

  private static final int WINDOW = 3;

  static LayeredNetwork of(String name) {
    String[] words = name.split("-");
    List<Layer> layers = new ArrayList<>();
    int[] shape = sizes(words[0]);
    Shape sample = Shape.of(shape);
    long multiplyAdds = 0;
    for (int word = 1; word < words.length; word++) {
      String kind = words[word].replaceAll("[\\dx]", "");
      int[] sizes = sizes(words[word].substring(kind.length()));
      Activation activation = word == words.length - 1 ? Activation.IDENTITY : Activation.RELU;
      switch (kind) {
        case "conv" -> {
          layers.add(new Conv2d(shape[0], sizes[0], Window.of(WINDOW).withPadding(WINDOW / 2), activation));
          multiplyAdds += (long) shape[1] * shape[2] * sizes[0] * shape[0] * WINDOW * WINDOW;
          shape = new int[] {sizes[0], shape[1], shape[2]};
        }
        case "pool" -> {
          layers.add(MaxPool2d.of(2));
          shape = new int[] {shape[0], shape[1] / 2, shape[2] / 2};
        }
        case "dense" -> {
          int features = Arrays.stream(shape).reduce(1, Math::multiplyExact);
          if (shape.length > 1) {
            layers.add(new Flatten());
          }
          layers.add(new Dense(features, sizes[0], activation));
          multiplyAdds += (long) features * sizes[0];
          shape = sizes;
        }
        case "lstm" -> {
          layers.add(new Lstm(shape[1], sizes[0]).lastState());
          multiplyAdds += 4L * shape[0] * sizes[0] * (shape[1] + sizes[0]);
          shape = sizes;
        }
        case "" -> {
          layers.add(new Reshape(sizes));
          shape = sizes;
        }
        default -> throw new IllegalArgumentException("network is " + name
            + ", expected layers conv, pool, dense, lstm or a shape");
      }
    }
    return new LayeredNetwork(new Sequential(layers), sample, multiplyAdds);
  }

  private static int[] sizes(String word) {
    return word.isEmpty() ? new int[0] : Arrays.stream(word.split("x")).mapToInt(Integer::parseInt).toArray();
  }
}
