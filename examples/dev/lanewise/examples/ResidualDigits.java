package dev.lanewise.examples;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.validation.CrossValidation;
import dev.lanewise.train.validation.Fold;
import java.io.IOException;
import java.nio.file.Path;

/// The digits of [Digits] with a residual network from an expression. He, Zhang, Ren and Sun, *Deep residual learning
/// for image recognition*, 2016.
public final class ResidualDigits {

  private static final int PIXELS = 64;
  private static final int CLASSES = 10;
  private static final int BLOCKS = 3;
  private static final int WIDTH = 64;
  private static final int INNER = 16;
  private static final double BRIGHTEST = 16;
  private static final double RATE = 2e-3;
  private static final int EPOCHS = 25;

  private ResidualDigits() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the accuracy on the fifth held out
  public static double run(Path folder) throws IOException {
    Table digits = Table.read("digits.csv");
    Tensor x = digits.features().to(Precision.FLOAT);
    Fold fold = new CrossValidation(5, 0).stratified(digits.labels()).getFirst();
    Layer network = Graph.layer(Shape.of(PIXELS), ResidualDigits::logits);
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 1);
    LossCurves curves = new LossCurves();
    Dataset training = new Dataset(fold.training(x), classes(fold.training(digits.labels())));
    TrainerOptions options = TrainerOptions.defaults().withRate(RATE).withEpochs(EPOCHS);
    new Trainer(network, theta, Loss.softmaxCrossEntropy(), training, options).listenTo(curves).run();

    int[] labels = fold.heldOut(digits.labels());
    Tensor logits = network.forward(fold.heldOut(x), theta, new Workspace());
    double accuracy = Evaluation.classification(logits, labels).accuracy();
    System.out.printf("residual  accuracy %.1f %% on %d digits held out, %d blocks of %d-%d-%d%n",
        100 * accuracy, labels.length, BLOCKS, WIDTH, INNER, WIDTH);
    System.out.println("          loss drawn in " + curves.draw(folder, "residual-digits", "cross-entropy"));
    System.out.println("How the Jacobian of its logits by pixels is found, a sum at each skip connection:");
    System.out.println(PreparedJacobian.of(network, theta, Shape.of(1, PIXELS)).plan().explain());
    return accuracy;
  }

  /// A layer for the pixels, the blocks, a layer for the classes.
  private static Node logits(Node pixels) {
    Node x = pixels.times(1 / BRIGHTEST).linear("in", WIDTH);
    for (int block = 0; block < BLOCKS; block++) {
      x = x.plus(x.activate(Activation.RELU).linear("block" + block + ".down", INNER).activate(Activation.RELU)
          .linear("block" + block + ".up", WIDTH));
    }
    return x.activate(Activation.RELU).linear("out", CLASSES);
  }

  private static Tensor classes(int... labels) {
    Tensor classes = Tensor.zeros(Precision.FLOAT, labels.length);
    for (int row = 0; row < labels.length; row++) {
      classes.set(row, labels[row]);
    }
    return classes;
  }
}
