package dev.lanewise.examples;

import dev.lanewise.Tensor;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.FitOptions;
import dev.lanewise.model.Mlp;
import dev.lanewise.model.evaluation.ConfusionMatrix;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.train.validation.CrossValidation;
import dev.lanewise.train.validation.Fold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Which digit somebody wrote, from 8 × 8 pixels: the defaults of [Mlp#classification], five times, each with another
/// fifth of the digits held out.
public final class Digits {

  private static final int SEEDS = 5;

  private Digits() {}

  /// Runs the example; the argument is the folder for what it writes.
  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the mean accuracy on the fifths held out
  public static double run(Path folder) throws IOException {
    Table digits = Table.read("digits.csv");
    Tensor x = digits.features();
    int[] labels = digits.labels();
    LossCurves curves = new LossCurves();
    Optional<ConfusionMatrix> confusion = Optional.empty();
    double accuracy = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Fold fold = new CrossValidation(5, seed).stratified(labels).getFirst();
      FitOptions options = seed == 0 ? FitOptions.none().withListener(curves) : FitOptions.none();
      Classifier model = Mlp.classification(64, 10).withSeed(seed)
          .fit(fold.training(x), fold.training(labels), options);
      Evaluation.Classification judged = model.evaluate(fold.heldOut(x), fold.heldOut(labels));
      System.out.printf("digits    seed %d: accuracy %.1f %%, log-loss %.3f on %d digits held out%n",
          seed, 100 * judged.accuracy(), judged.logLoss(), judged.rows());
      accuracy += judged.accuracy() / SEEDS;
      confusion = Optional.of(confusion.map(judged.confusion()::plus).orElse(judged.confusion()));
    }
    System.out.printf("digits    accuracy %.2f %%, mean of %d seeds%n", 100 * accuracy, SEEDS);
    System.out.println("          loss drawn in " + curves.draw(folder, "digits", "cross-entropy"));
    System.out.println(confusion.orElseThrow());
    return accuracy;
  }
}
