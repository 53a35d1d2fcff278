package dev.lanewise.examples;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.Cnn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The digits of [Digits] as images, with the defaults of [Cnn#classification], five times, each with another fifth
/// held out. Then the Jacobian of one model's logits by pixels: which ones speak for a class and which against it.
public final class DigitImages {

  private static final int SEEDS = 5;
  private static final int SIDE = 8;
  private static final int CLASSES = 10;
  private static final int SHOWN = 5;

  private DigitImages() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments), SEEDS);
  }

  /// @param seeds how many networks are trained, each on other fifths
  /// @return their mean accuracy on the fifths held out
  public static double run(Path folder, int seeds) throws IOException {
    Table digits = Table.read("digits.csv");
    Tensor x = digits.features().reshape(digits.rows(), 1, SIDE, SIDE);
    int[] labels = digits.labels();
    LossCurves curves = new LossCurves();
    List<Digits.Trial> trials = Digits.trials("images    ", x, labels, seeds, curves,
        Cnn.classification(1, SIDE, SIDE, CLASSES)::withSeed);
    Digits.Trial first = trials.getFirst();
    System.out.println("          logits by pixels drawn in "
        + drawSaliency(first.model(), first.fold().heldOut(x), first.fold().heldOut(labels), folder));
    System.out.println("          loss drawn in " + curves.draw(folder, "digit-images", "cross-entropy"));
    return Digits.accuracy(trials);
  }

  /// A row for each of some digits: the image, and the ten rows of its Jacobian as images.
  private static Path drawSaliency(Classifier model, Tensor x, int[] labels, Path folder) throws IOException {
    int cell = 9;
    int side = SIDE * cell;
    int step = side + 8;
    Cells cells = new Cells(20 + (CLASSES + 1) * step, 60 + SHOWN * step, "Jacobian of a digit's logits by its pixels");
    cells.text(12, 20, false,
        "How each logit changes with each pixel: orange, it rises, blue, it falls; framed, the digit's own.");
    cells.text(12 + side / 2.0, 42, true, "image");
    for (int digit = 0; digit < CLASSES; digit++) {
      cells.text(12 + (digit + 1) * step + side / 2.0, 42, true, "logit of " + digit);
    }
    Parameters theta = model.parameters();
    for (int row = 0; row < SHOWN; row++) {
      int sample = Table.firstOf(2 * row, labels);
      Tensor image = x.slice(sample, 1).to(theta.precision());
      Tensor jacobian = Jacobians.jacobian(model.network(), theta, image);
      double top = 50 + row * step;
      cells.matrix(12, top, cell, cell, Cells.Scale.GREY, square(image, 0, 16)).frame(12, top, side, side, false);
      double largest = largest(jacobian);
      for (int digit = 0; digit < CLASSES; digit++) {
        double left = 12 + (digit + 1) * step;
        cells.matrix(left, top, cell, cell, Cells.Scale.SIGNED, square(jacobian, digit * SIDE * SIDE, largest))
            .frame(left, top, side, side, digit == labels[sample]);
      }
    }
    return cells.write(folder, "digit-saliency");
  }

  private static double largest(Tensor values) {
    double largest = 0;
    for (int at = 0; at < values.size(); at++) {
      largest = Math.max(largest, Math.abs(values.get(at)));
    }
    return largest;
  }

  /// The 64 numbers from `from` on as an image, in units of `unit`.
  private static double[][] square(Tensor values, int from, double unit) {
    double[][] square = new double[SIDE][SIDE];
    for (int at = 0; at < SIDE * SIDE; at++) {
      square[at / SIDE][at % SIDE] = values.get(from + at) / unit;
    }
    return square;
  }
}
