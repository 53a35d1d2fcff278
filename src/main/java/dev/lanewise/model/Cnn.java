package dev.lanewise.model;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.model.Architecture.Task;
import dev.lanewise.train.Regularization;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A recipe for a convolutional network of images: its architecture, and how it is trained.
///
/// ```java
/// Classifier digits = Cnn.classification(1, 8, 8, 10).fit(images, labels);
/// int[] guesses = digits.predict(others);
/// ```
///
/// Images are `[rows, channels, height, width]`, or `[rows, channels·height·width]` with the same numbers in the same
/// order.
///
/// | what           | default                                                                       |
/// |----------------|-------------------------------------------------------------------------------|
/// | blocks         | 2 convolutions of 3 × 3 to 32 channels, then a 2 × 2 max pool                 |
/// | further blocks | of 64 and 128 channels, while a side has 8 pixels or more                     |
/// | dense layers   | flattened, 100 hidden units, half of them dropped in training                 |
/// | activation     | ReLU                                                                          |
/// | loss           | mean squared error, or cross-entropy                                          |
/// | inputs         | each channel standardized by the training rows                                |
/// | targets        | standardized; predictions in their units, in double                           |
/// | initial values | He's, biases 0                                                                |
/// | update         | Adam, batches of 32, 30 epochs; the rate falls from 0.002 along half a cosine |
/// | weight decay   | λ = 0.003, biases exempt                                                      |
/// | precision      | float                                                                         |
///
/// The same recipe, data and seed give the same model, to the bit. Immutable, and safe to share between threads.
///
/// @param architecture the network
/// @param loss what training minimizes
/// @param standardized whether inputs, and targets of a regression, are standardized
/// @param validation the share of the rows held out to watch the loss on, at most ½; 0 for none
/// @param precision of all computation
/// @param training how parameters are moved
public record Cnn(CnnArchitecture architecture, Loss loss, boolean standardized, double validation, Precision precision,
    TrainerOptions training)
    implements Recipe<Cnn> {

  private static final int FEWEST = 32;
  private static final int MOST = 128;
  private static final int DEPTH = 2;
  private static final int HIDDEN = 100;
  private static final double DROPOUT = 0.5;
  private static final double RATE = 2e-3;
  private static final double DECAY = 3e-3;
  private static final int EPOCHS = 30;

  /// @throws IllegalArgumentException if the share held out is not in 0 to ½
  public Cnn {
    Objects.requireNonNull(architecture, "architecture");
    Doors.requireRecipe("Cnn", loss, validation, precision, training);
  }

  /// {@return a recipe for numbers from images}
  ///
  /// @param outputs the columns of the targets
  /// @throws IllegalArgumentException if one of them is below 1
  public static Cnn regression(int channels, int height, int width, int outputs) {
    return of(Task.REGRESSION, channels, height, width, outputs, Loss.meanSquaredError());
  }

  /// {@return a recipe for one of several classes from images}
  ///
  /// @param classes the labels are 0 to classes − 1
  /// @throws IllegalArgumentException if an image has no number, or for fewer than 2 classes
  public static Cnn classification(int channels, int height, int width, int classes) {
    return of(Task.CLASSIFICATION, channels, height, width, classes, Loss.softmaxCrossEntropy());
  }

  private static Cnn of(Task task, int channels, int height, int width, int outputs, Loss loss) {
    List<Integer> blocks = blocks(Math.min(height, width));
    CnnArchitecture architecture = new CnnArchitecture(task, channels, height, width, blocks, DEPTH, false, false,
        List.of(HIDDEN, outputs), Activation.RELU, DROPOUT);
    TrainerOptions training = TrainerOptions.defaults().withRegularization(Regularization.l2(DECAY));
    return new Cnn(architecture, loss, true, 0, Precision.FLOAT, training).withEpochs(EPOCHS);
  }

  /// One block if a side can be halved, and more while a side has 8 pixels or more; each has twice the channels, up to
  /// a limit.
  private static List<Integer> blocks(int side) {
    List<Integer> blocks = new ArrayList<>();
    int channels = FEWEST;
    for (int left = side; left >= (blocks.isEmpty() ? 2 : 8); left /= 2) {
      blocks.add(channels);
      channels = Math.min(2 * channels, MOST);
    }
    return blocks;
  }

  /// {@return this recipe with other blocks, by the channels that their convolutions give; none for dense layers alone}
  ///
  /// @throws IllegalArgumentException if one has none, or they halve the image to nothing
  public Cnn withBlocks(int... channels) {
    return with(Arrays.stream(channels).boxed().toList(), architecture.depth(), architecture.normalized(),
        architecture.averaged());
  }

  /// {@return this recipe with `convolutions` convolutions in each block}
  ///
  /// @throws IllegalArgumentException if there is none
  public Cnn withDepth(int convolutions) {
    return with(architecture.blocks(), convolutions, architecture.normalized(), architecture.averaged());
  }

  /// {@return this recipe with batch normalization between each convolution and its activation: Ioffe and Szegedy 2015}
  public Cnn withNormalization() {
    return with(architecture.blocks(), architecture.depth(), true, architecture.averaged());
  }

  /// {@return this recipe with each channel averaged before the dense layers, not flattened: for large images} Lin,
  /// Chen and Yan, *Network in network*, 2014.
  public Cnn withAveraging() {
    return with(architecture.blocks(), architecture.depth(), architecture.normalized(), true);
  }

  private Cnn with(List<Integer> blocks, int depth, boolean normalized, boolean averaged) {
    CnnArchitecture a = architecture;
    return with(new CnnArchitecture(a.task(), a.channels(), a.height(), a.width(), blocks, depth, normalized, averaged,
        a.dense(), a.activation(), a.dropout()));
  }

  /// {@return this recipe with hidden dense layers of these units; none to go directly to the outputs}
  public Cnn withHidden(int... units) {
    return with(architecture.withHidden(units));
  }

  /// {@return this recipe with another activation of convolutions and hidden dense layers}
  public Cnn withActivation(Activation activation) {
    return with(activation, architecture.dropout());
  }

  /// {@return this recipe with hidden dense units dropped at this rate in training}
  ///
  /// @throws IllegalArgumentException if the rate is not in 0 ≤ rate < 1
  public Cnn withDropout(double rate) {
    return with(architecture.activation(), rate);
  }

  private Cnn with(Activation activation, double dropout) {
    CnnArchitecture a = architecture;
    return with(new CnnArchitecture(a.task(), a.channels(), a.height(), a.width(), a.blocks(), a.depth(),
        a.normalized(), a.averaged(), a.dense(), activation, dropout));
  }

  private Cnn with(CnnArchitecture other) {
    return new Cnn(other, loss, standardized, validation, precision, training);
  }

  @Override
  public Cnn with(Loss loss, boolean standardized, double validation, Precision precision, TrainerOptions training) {
    return new Cnn(architecture, loss, standardized, validation, precision, training);
  }

  /// With `epochs` passes through the rows, over which the rate falls from 0.002 along half a cosine.
  ///
  /// @throws IllegalArgumentException if there is none
  @Override
  public Cnn withEpochs(int epochs) {
    return withTraining(training -> Doors.fading(training, RATE, epochs));
  }

  /// For example `Cnn[classification 1×8×8, blocks 32 of 2, flattened, dense 100-10, RELU, dropout 0.5]`.
  @Override
  public String toString() {
    return "Cnn[" + architecture + "]";
  }
}
