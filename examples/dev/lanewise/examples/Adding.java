package dev.lanewise.examples;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.model.FitOptions;
import dev.lanewise.model.Regressor;
import dev.lanewise.model.Sequence;
import dev.lanewise.model.evaluation.Evaluation;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.recurrent.Lstm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The adding problem: 50 random numbers, two of them marked, whose sum is to be predicted at the end. Early numbers
/// must be remembered for up to 49 steps. Hochreiter and Schmidhuber, *Long short-term memory*, 1997, section 5.4.
///
/// Then the Jacobian of the last state with respect to the inputs of each step: before training it vanishes with
/// distance; after training each marked number counts.
public final class Adding {

  private static final int TIME = 50;
  private static final int SHOWN = 12;
  private static final double LEAST = 1e-6;

  private Adding() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the mean squared error on sequences that were not trained on
  public static double run(Path folder) throws IOException {
    Tensor x = sequences(1, 2_000);
    Tensor fresh = sequences(2, 1_000);
    LossCurves curves = new LossCurves();
    Sequence recipe = Sequence.regression(2, 1);
    Regressor model = recipe.fit(x, sums(x), FitOptions.none().withListener(curves));
    Evaluation.Regression judged = model.evaluate(fresh, sums(fresh));
    System.out.printf("adding    mean squared error %.5f on %d sequences of %d steps; 0.167 by guessing 1%n",
        judged.meanSquaredError(), judged.rows(), TIME);
    System.out.println("          loss drawn in " + curves.draw(folder, "adding", "mean squared error"));

    Sequential upToState = new Sequential(model.network().layers().subList(0, 2));
    Lstm lstm = (Lstm) upToState.layers().getLast();
    Sequential forgetful = Sequential.of(upToState.layers().getFirst(), lstm.withForgetBias(0));
    long seed = recipe.training().seed();
    List<Panel> panels = List.of(
        Panel.of("untrained, forget gates half open, as their biases are about 0: |∂h(50)/∂x(t)| vanishes", forgetful,
            Parameters.initialize(forgetful.parameters(), recipe.precision(), seed), fresh),
        Panel.of("untrained as the recipe begins, with forget biases of about 1: it vanishes later", upToState,
            Parameters.initialize(upToState.parameters(), recipe.precision(), seed), fresh),
        Panel.of("trained: it does not vanish; dots: the numbers to be added", upToState,
            Parameters.of(upToState.parameters(),
                model.parameters().flat().view(0, Shape.of(1, upToState.parameters().size()))), fresh));
    System.out.printf(
        "          the last state by the first step: %.1e and %.1e untrained, %.1e trained; drawn in %s%n",
        panels.get(0).meanOfFirst(), panels.get(1).meanOfFirst(), panels.get(2).meanOfFirst(),
        draw(fresh, panels, folder));
    return judged.meanSquaredError();
  }

  /// `[rows, time, 2]`: a number from 0 to 1, and 1 at one step of each half, else 0.
  static Tensor sequences(long seed, int rows) {
    Random random = new Random(seed);
    Tensor x = Tensor.zeros(Precision.FLOAT, rows, TIME, 2);
    for (int row = 0; row < rows; row++) {
      for (int step = 0; step < TIME; step++) {
        x.set(2 * (row * TIME + step), random.nextDouble());
      }
      x.set(2 * (row * TIME + random.nextInt(TIME / 2)) + 1, 1);
      x.set(2 * (row * TIME + TIME / 2 + random.nextInt(TIME / 2)) + 1, 1);
    }
    return x;
  }

  static Tensor sums(Tensor x) {
    Tensor sums = Tensor.zeros(Precision.FLOAT, x.shape().dim(0), 1);
    for (int at = 0; at < x.size(); at += 2) {
      int row = at / (2 * TIME);
      sums.set(row, sums.get(row) + x.get(at) * x.get(at + 1));
    }
    return sums;
  }

  /// Sensitivities of an LSTM.
  ///
  /// @param title what the panel shows
  /// @param norms ‖∂h_T/∂x_t‖ for some sequences and each step t
  private record Panel(String title, double[][] norms) {

    /// @param upToState the layers from the inputs to the LSTM's last state h_T
    static Panel of(String title, Sequential upToState, Parameters theta, Tensor x) {
      double[][] norms = new double[SHOWN][TIME];
      for (int row = 0; row < SHOWN; row++) {
        Tensor jacobian = Jacobians.jacobian(upToState, theta, x.slice(row, 1));
        for (int at = 0; at < jacobian.size(); at++) {
          norms[row][at % (2 * TIME) / 2] += jacobian.get(at) * jacobian.get(at);
        }
        for (int step = 0; step < TIME; step++) {
          norms[row][step] = Math.sqrt(norms[row][step]);
        }
      }
      return new Panel(title, norms);
    }

    double meanOfFirst() {
      return Arrays.stream(norms).mapToDouble(row -> row[0]).average().orElseThrow();
    }

    double largest() {
      return Arrays.stream(norms).flatMapToDouble(Arrays::stream).max().orElseThrow();
    }

    /// Shades from 0 for the least visible norm to 1 for `largest`.
    double[][] depths(double largest) {
      return Arrays.stream(norms).map(row -> Arrays.stream(row)
          .map(norm -> Math.log(norm / LEAST) / Math.log(largest / LEAST)).toArray()).toArray(double[][]::new);
    }
  }

  /// A row for each sequence, a column for each step; dots where a number is marked.
  private static Path draw(Tensor x, List<Panel> panels, Path folder) throws IOException {
    int cell = 14;
    double largest = panels.stream().mapToDouble(Panel::largest).max().orElseThrow();
    int height = SHOWN * cell + 40;
    Cells cells = new Cells(40 + TIME * cell, 80 + panels.size() * height,
        "Jacobian of an LSTM's last state by its inputs over time");
    double top = 30;
    for (Panel panel : panels) {
      cells.text(20, top - 8, false, panel.title).matrix(20, top, cell, cell, Cells.Scale.DEPTH, panel.depths(largest))
          .frame(20, top, TIME * cell, SHOWN * cell, false);
      for (int row = 0; row < SHOWN; row++) {
        for (int step = 0; step < TIME; step++) {
          if (x.get(2 * (row * TIME + step) + 1) == 1) {
            cells.dot(20 + (step + 0.5) * cell, top + (row + 0.5) * cell);
          }
        }
      }
      top += height;
    }
    legend(cells, top - 26, cell, largest);
    return cells.write(folder, "adding-sensitivity");
  }

  private static void legend(Cells cells, double y, int cell, double largest) {
    cells.text(20, y, false, "t = 1").text(20 + TIME * cell - 40, y, false, "t = 50");
    double[][] depths = new double[1][30];
    for (int at = 0; at < 30; at++) {
      depths[0][at] = at / 29.0;
    }
    cells.matrix(20, y + 22, 10, cell, Cells.Scale.DEPTH, depths);
    cells.text(20, y + 54, false, "%.0e or less".formatted(LEAST)).text(285, y + 54, false, "%.1f".formatted(largest));
  }
}
