package dev.lanewise.examples;

import dev.lanewise.Tensor;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.FitOptions;
import dev.lanewise.model.Mlp;
import dev.lanewise.model.Recipe;
import dev.lanewise.model.evaluation.ConfusionMatrix;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.train.validation.CrossValidation;
import dev.lanewise.train.validation.Fold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/// Which digit somebody wrote, from 8 × 8 pixels: the defaults of [Mlp#classification], five times, each with another
/// fifth of the digits held out.
public final class Digits {

  private static final int SEEDS = 5;

  private Digits() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the mean accuracy on the fifths held out
  public static double run(Path folder) throws IOException {
    Table digits = Table.read("digits.csv");
    LossCurves curves = new LossCurves();
    List<Trial> trials = trials("digits    ", digits.features(), digits.labels(), SEEDS, curves,
        Mlp.classification(64, 10)::withSeed);
    System.out.println("          loss drawn in " + curves.draw(folder, "digits", "cross-entropy"));
    System.out.println(
        trials.stream().map(trial -> trial.judged.confusion()).reduce(ConfusionMatrix::plus).orElseThrow());
    return accuracy(trials);
  }

  /// A network trained on four fifths of the digits, and its evaluation on the last one.
  record Trial(Fold fold, Classifier model, Evaluation.Classification judged) {}

  /// One trial for each seed, each with another fifth held out; the curves are those of the first.
  static List<Trial> trials(String name, Tensor x, int[] labels, int seeds, LossCurves curves,
      LongFunction<Recipe<?>> recipe) throws IOException {
    List<Trial> trials = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      Fold fold = new CrossValidation(5, seed).stratified(labels).getFirst();
      FitOptions options = seed == 0 ? FitOptions.none().withListener(curves) : FitOptions.none();
      Classifier model = recipe.apply(seed).fit(fold.training(x), fold.training(labels), options);
      Evaluation.Classification judged = model.evaluate(fold.heldOut(x), fold.heldOut(labels));
      System.out.printf("%sseed %d: accuracy %.1f %%, log-loss %.3f on %d digits held out%n",
          name, seed, 100 * judged.accuracy(), judged.logLoss(), judged.rows());
      trials.add(new Trial(fold, model, judged));
    }
    System.out.printf("%saccuracy %.2f %%, mean of %d seeds%n", name, 100 * accuracy(trials), seeds);
    return trials;
  }

  static double accuracy(List<Trial> trials) {
    return trials.stream().mapToDouble(trial -> trial.judged.accuracy()).average().orElseThrow();
  }
}
