package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Shape;
import dev.lanewise.file.Excerpt;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.GlobalAvgPool;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Sequential;
import dev.lanewise.ops.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// A convolutional network over images `[rows, channels, height, width]`: blocks of convolutions, then dense layers.
///
/// A block is `depth` convolutions of 3 × 3 that keep the image's size, each with an activation, and a max pool that
/// halves it. The last block's output is flattened, or averaged over each channel. It passes through dense layers, with
/// an activation and dropout after each hidden one. Simonyan and Zisserman, *Very deep convolutional networks for
/// large-scale image recognition*, 2015.
///
/// @param task what is predicted
/// @param channels of an image
/// @param height of an image
/// @param width of an image
/// @param blocks the output channels of each block's convolutions
/// @param depth the number of convolutions in a block
/// @param normalized whether each convolution is followed by batch normalization, before its activation
/// @param averaged whether each channel is averaged before the dense layers, not flattened
/// @param dense units of each hidden dense layer, outputs
/// @param activation φ of convolutions and of hidden dense layers
/// @param dropout the probability that a hidden dense unit is dropped in training; 0 for none
public record CnnArchitecture(
    Task task, int channels, int height, int width, List<Integer> blocks, int depth, boolean normalized,
    boolean averaged, List<Integer> dense, Activation activation, double dropout) implements Architecture {

  /// @throws IllegalArgumentException if the image, a block, a layer or the depth is smaller than 1, the blocks halve
  ///     the image to nothing, there is a single class, or the dropout is no rate
  public CnnArchitecture {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(activation, "activation");
    blocks = List.copyOf(blocks);
    dense = List.copyOf(dense);
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException("Cnn: images are " + channels + "×" + height + "×" + width
          + ", expected each at least 1");
    }
    Shape.of(channels, height, width);
    if (depth < 1 || blocks.stream().anyMatch(block -> block < 1)) {
      throw new IllegalArgumentException("Cnn: blocks are " + Excerpt.of(blocks) + " of " + depth
          + " convolutions, expected each at least 1");
    }
    if (blocks.size() >= Integer.SIZE || Math.min(height, width) >> blocks.size() == 0) {
      throw new IllegalArgumentException("Cnn: images are " + height + "×" + width
          + ", expected both at least 2 to the power of " + blocks.size() + ", as each of so many blocks halves them");
    }
    if (dense.isEmpty() || dense.stream().anyMatch(units -> units < 1)) {
      throw new IllegalArgumentException("Cnn: dense layers are " + Excerpt.of(dense)
          + ", expected outputs at least, each at least 1");
    }
    if (task == Task.CLASSIFICATION && dense.getLast() < 2) {
      throw new IllegalArgumentException("Cnn: " + dense.getLast() + " class, expected at least 2");
    }
    new Dropout(dropout);
  }

  /// {@return an image's shape, `[channels, height, width]`}
  public Shape image() {
    return Shape.of(channels, height, width);
  }

  @Override
  public int features() {
    return image().size();
  }

  @Override
  public int outputs() {
    return dense.getLast();
  }

  /// The layers. Those before an activation start from He's initial values if φ is the rectifier or similar, otherwise
  /// from Glorot's.
  @Override
  public Sequential network() {
    List<Layer> layers = new ArrayList<>();
    int in = channels;
    for (int block : blocks) {
      for (int convolution = 0; convolution < depth; convolution++) {
        addConvolution(in, block, layers);
        in = block;
      }
      layers.add(MaxPool2d.of(2));
    }
    layers.add(averaged ? new GlobalAvgPool() : new Flatten());
    List<Integer> widths = new ArrayList<>(dense);
    widths.addFirst(averaged ? in : Shape.of(in, height >> blocks.size(), width >> blocks.size()).size());
    MlpArchitecture.addDense(widths, activation, dropout, layers);
    return new Sequential(layers);
  }

  /// Batch normalization would cancel a bias.
  private void addConvolution(int in, int out, List<Layer> layers) {
    Window window = Window.of(3).withPadding(1);
    Conv2d convolution = new Conv2d(in, out, window, 1, !normalized, normalized ? Activation.IDENTITY : activation,
        MlpArchitecture.initializer(activation));
    layers.add(convolution);
    if (normalized) {
      layers.add(new BatchNorm(out));
      layers.add(new Elementwise(activation));
    }
  }

  CnnArchitecture withHidden(int... units) {
    List<Integer> other = IntStream.concat(Arrays.stream(units), IntStream.of(outputs())).boxed().toList();
    return new CnnArchitecture(task, channels, height, width, blocks, depth, normalized, averaged, other, activation,
        dropout);
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("image", channels + "-" + height + "-" + width);
    texts.put("blocks", Metadata.integers(blocks));
    texts.put("depth", Integer.toString(depth));
    texts.put("normalized", Boolean.toString(normalized));
    texts.put("averaged", Boolean.toString(averaged));
    texts.put("dense", Metadata.integers(dense));
    texts.put("activation", activation.name());
    texts.put("dropout", Double.toString(dropout));
    return texts;
  }

  /// The file's weights bound the number of layers; the shapes of its tensors are checked before parameters are
  /// allocated.
  static CnnArchitecture read(Metadata texts, Task task) throws MalformedModelException {
    int most = texts.tensors();
    List<Integer> image = texts.exactly(3, "image", "1-8-8");
    List<Integer> blocks = texts.text("blocks").isEmpty() ? List.of() : texts.integers("blocks", most, "16-32");
    int depth = texts.exactly(1, "depth", "2").getFirst();
    if ((long) depth * blocks.size() > most) {
      throw new MalformedModelException(texts.source(), "depth is " + depth + " of " + blocks.size()
          + " blocks, expected at most " + most + " convolutions with " + most + " tensors");
    }
    return new CnnArchitecture(task, image.get(0), image.get(1), image.get(2), blocks, depth, texts.truth("normalized"),
        texts.truth("averaged"), texts.integers("dense", most, "100-10"),
        texts.choice("activation", Activation.values()), texts.number("dropout"));
  }

  /// For example `classification 1×8×8, blocks 16-32 of 2, flattened, dense 100-10, RELU, dropout 0.5`.
  @Override
  public String toString() {
    return task.name().toLowerCase(Locale.ROOT) + " " + channels + "×" + height + "×" + width + ", blocks "
        + Metadata.integers(blocks) + " of " + depth + (normalized ? " normalized" : "")
        + (averaged ? ", averaged" : ", flattened")
        + ", dense " + Metadata.integers(dense) + ", " + activation + (dropout == 0 ? "" : ", dropout " + dropout);
  }
}
