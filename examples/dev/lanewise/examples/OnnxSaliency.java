package dev.lanewise.examples;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.Onnx;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.train.data.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// A network trained and exported by PyTorch, read from its ONNX file: its accuracy on held-out digits, the plan of its
/// Jacobian, and the pixels it looks at. Simonyan, Vedaldi and Zisserman, *Deep inside convolutional networks:
/// visualising image classification models and saliency maps*, 2014.
public final class OnnxSaliency {

  private static final String FILE = "digits-cnn.onnx";
  private static final int SIDE = 8;
  private static final int PIXELS = SIDE * SIDE;
  private static final int CLASSES = 10;
  private static final double BRIGHTEST = 16;
  /// Each fifth row was held out, the last of five.
  private static final int FOLDS = 5;

  private OnnxSaliency() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the accuracy on the fifth held out
  public static double run(Path folder) throws IOException {
    Network network;
    try (InputStream in = Examples.open(FILE)) {
      network = Onnx.read(in, OnnxOptions.defaults());
    }
    System.out.println("onnx      " + network);
    Table digits = Table.read("digits.csv");
    int[] rows = IntStream.range(0, digits.rows() / FOLDS).map(row -> row * FOLDS + FOLDS - 1).toArray();
    int[] all = digits.labels();
    int[] labels = Arrays.stream(rows).map(row -> all[row]).toArray();
    Tensor images = new Dataset(digits.features(), digits.target()).select(rows).inputs()
        .reshape(rows.length, 1, SIDE, SIDE).to(Precision.FLOAT);
    Tensor logits = network.forward(images);
    double accuracy = Evaluation.classification(logits, labels).accuracy();
    System.out.printf("          accuracy %.1f %% on %d digits held out%n", 100 * accuracy, labels.length);

    PreparedJacobian jacobian = PreparedJacobian.of(network.layer(), network.parameters(), Shape.of(1, 1, SIDE, SIDE));
    System.out.println("How the Jacobian of its logits by pixels is found:");
    System.out.println(jacobian.plan().explain());
    System.out.println("          pixels that count drawn in " + draw(folder, jacobian, images, logits, labels));
    return accuracy;
  }

  /// For one digit of each class: the image, and beside it |∂logit/∂pixel| of the predicted class.
  private static Path draw(Path folder, PreparedJacobian prepared, Tensor images, Tensor logits, int... labels)
      throws IOException {
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, CLASSES);
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, CLASSES, PIXELS);
    SaliencyPicture picture = new SaliencyPicture(CLASSES, SIDE);
    for (int digit = 0; digit < CLASSES; digit++) {
      int sample = Table.firstOf(digit, labels);
      int said = largest(logits, sample);
      prepared.at(images.slice(sample, 1), y, jacobian);
      RowOps.softmax(y, y);
      System.out.printf("          a %d: it says %d, with probability %.3f%n", digit, said, y.get(said));
      picture.add(digit, said, square(images.slice(sample, 1), 0, BRIGHTEST), square(jacobian, said * PIXELS, 0));
    }
    return picture.write(folder, "onnx-saliency");
  }

  /// Magnitudes of the numbers from `from` on, in units of `unit`, or of the largest if that is 0.
  private static double[][] square(Tensor values, int from, double unit) {
    double largest = unit;
    for (int at = 0; at < PIXELS && unit == 0; at++) {
      largest = Math.max(largest, Math.abs(values.get(from + at)));
    }
    double[][] square = new double[SIDE][SIDE];
    for (int at = 0; at < PIXELS; at++) {
      square[at / SIDE][at % SIDE] = Math.abs(values.get(from + at)) / largest;
    }
    return square;
  }

  private static int largest(Tensor logits, int row) {
    int largest = 0;
    for (int place = 1; place < CLASSES; place++) {
      largest = logits.get(row, place) > logits.get(row, largest) ? place : largest;
    }
    return largest;
  }
}
