package dev.lanewise.examples;

import dev.lanewise.Tensor;
import dev.lanewise.model.FitOptions;
import dev.lanewise.model.Mlp;
import dev.lanewise.model.Names;
import dev.lanewise.model.Regressor;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.train.validation.CrossValidation.Selection;
import dev.lanewise.train.validation.CrossValidation;
import dev.lanewise.train.validation.Fold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Predicts how far diabetes has progressed after a year from ten measurements. Rows are few and noisy, so the λ of
/// weight decay matters. 5-fold cross-validation chooses it, and five outer folds, whose held-out rows have no part in
/// the choice, evaluate the result.
public final class Diabetes {

  private static final List<Double> LAMBDAS = List.of(0.01, 0.03, 0.1, 0.3);

  private Diabetes() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the mean R² over five folds
  public static double run(Path folder) throws IOException {
    Table diabetes = Table.read("diabetes.csv");
    Tensor x = diabetes.features();
    Tensor y = diabetes.target();
    Mlp mlp = Mlp.regression(10, 1).withHidden(100).withTraining(training -> training.withEpochs(80));

    List<Fold> folds = new CrossValidation(5, 1).folds(diabetes.rows());
    double r2 = 0;
    for (Fold fold : folds) {
      double lambda = choose(mlp, fold.training(x), fold.training(y)).best();
      Evaluation.Regression judged = mlp.withWeightDecay(lambda).fit(fold.training(x), fold.training(y))
          .evaluate(fold.heldOut(x), fold.heldOut(y));
      System.out.printf("diabetes  lambda %.3f: R² %.3f, mean absolute error %.1f on %d patients held out%n",
          lambda, judged.r2(), judged.meanAbsoluteError(), judged.rows());
      r2 += judged.r2() / folds.size();
    }
    System.out.printf("diabetes  R² %.3f by 5-fold cross-validation, lambda chosen by another one inside%n", r2);

    Selection<Double> selection = choose(mlp, x, y);
    selection.scores().forEach(score -> System.out.printf("          lambda %.3f: mean squared error %.0f ± %.0f%n",
        score.candidate(), score.mean(), score.standardError()));
    LossCurves curves = new LossCurves();
    mlp.withWeightDecay(selection.best()).withValidation(0.2).fit(x, y, FitOptions.none().withListener(curves));
    System.out.println("          loss drawn in " + curves.draw(folder, "diabetes", "mean squared error"));
    Fold fold = folds.getFirst();
    Names names = new Names(diabetes.columns().subList(0, 10), diabetes.columns().subList(10, 11));
    Regressor model = mlp.withWeightDecay(selection.best())
        .fit(fold.training(x), fold.training(y), FitOptions.none().withNames(names));
    System.out.println("What a feature is worth, by how much the mean squared error rises where it is shuffled:");
    System.out.println(model.permutationImportance(fold.heldOut(x), fold.heldOut(y), 20, 1).report());
    return r2;
  }

  private static Selection<Double> choose(Mlp mlp, Tensor x, Tensor y) {
    List<Fold> folds = new CrossValidation(5, 2).folds(x.shape().dim(0));
    return CrossValidation.select(LAMBDAS, folds, (lambda, fold) -> mlp.withWeightDecay(lambda)
        .fit(fold.training(x), fold.training(y)).evaluate(fold.heldOut(x), fold.heldOut(y)).meanSquaredError());
  }
}
