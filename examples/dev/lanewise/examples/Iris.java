package dev.lanewise.examples;

import dev.lanewise.Tensor;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.FitOptions;
import dev.lanewise.model.Mlp;
import dev.lanewise.model.Names;
import dev.lanewise.train.EarlyStopping;
import dev.lanewise.train.validation.CrossValidation;
import dev.lanewise.train.validation.Fold;
import dev.lanewise.train.validation.HoldOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Which of three species an iris belongs to, from four lengths: a small classifier with early stopping, evaluated on
/// flowers that it has not seen, then saved, loaded, and asked what its answers depend on.
public final class Iris {

  private static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");
  /// 150 flowers are few: one division into folds may be lucky by a flower or three.
  private static final int REPETITIONS = 5;

  private Iris() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the mean accuracy on flowers held out
  public static double run(Path folder) throws IOException {
    Table iris = Table.read("iris.csv");
    Tensor x = iris.features();
    int[] labels = iris.labels();
    Mlp mlp = Mlp.classification(4, 3).withHidden(16).withWeightDecay(0.003).withValidation(0.2)
        .withTraining(training -> training
        .withRate(0.01).withEpochs(300).withEarlyStopping(EarlyStopping.patience(30)));

    LossCurves curves = new LossCurves();
    double accuracy = 0;
    for (int seed = 0; seed < REPETITIONS; seed++) {
      List<Fold> folds = new CrossValidation(5, seed).stratified(labels);
      for (Fold fold : folds) {
        FitOptions options = seed == 0 && fold == folds.getFirst() ? FitOptions.none().withListener(curves)
            : FitOptions.none();
        Classifier model = mlp.fit(fold.training(x), fold.training(labels), options);
        accuracy += model.evaluate(fold.heldOut(x), fold.heldOut(labels)).accuracy() / folds.size() / REPETITIONS;
      }
    }
    System.out.printf("iris      accuracy %.1f %% by 5-fold cross-validation, mean of %d divisions%n", 100 * accuracy,
        REPETITIONS);

    Path file = folder.resolve("iris.safetensors");
    System.out.println("          loss drawn in " + curves.draw(folder, "iris", "cross-entropy"));
    Fold fold = new HoldOut(0.2, 1).stratified(labels);
    Names names = new Names(iris.columns().subList(0, 4), SPECIES);
    mlp.fit(fold.training(x), fold.training(labels), FitOptions.none().withNames(names)).save(file);
    Classifier loaded = Classifier.load(file);
    System.out.println(loaded.evaluate(fold.heldOut(x), fold.heldOut(labels)).report());
    System.out.println("By how much a probability moves with a feature's standard deviation:");
    System.out.println(loaded.sensitivity(x, Classifier.Output.PROBABILITIES).report());
    Tensor flower = Tensor.row(5.9, 3.0, 5.1, 1.8);
    int species = loaded.predict(flower)[0];
    System.out.printf("          a flower of 5.9, 3.0, 5.1, 1.8 cm is %s with probability %.2f, says the model in %s%n",
        loaded.names().outputs().get(species), loaded.predictProbabilities(flower).get(species), file);
    return accuracy;
  }
}
