package dev.lanewise.examples;

import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;
import dev.lanewise.graph.ScalarFunction;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Path;

/// A physics-informed network: it solves u″ + u = 0 on [0, 2π], u(0) = 0, u′(0) = 1, by minimizing the square of u″ + u
/// at 40 points, without a value of the solution sin t. Raissi, Perdikaris and Karniadakis, *Physics-informed neural
/// networks*, 2019. The conditions at 0 hold by construction, u = t + t²·n(t): Lagaris, Likas and Fotiadis, *Artificial
/// neural networks for solving differential equations*, 1998.
///
/// The loss contains second derivatives: n, n′ and n″ pass through the network together, as the three rows of a matrix.
/// u″ + u is then an expression like any other, and its gradient with respect to the weights is computed as for any
/// layer.
public final class Oscillator {

  private static final double END = 2 * Math.PI;
  private static final int POINTS = 40;
  private static final int WIDTH = 16;
  private static final int ITERATIONS = 800;

  private Oscillator() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the largest |u(t) − sin t|
  public static double run(Path folder) throws IOException {
    Layer equation = Graph.layer(Shape.of(1), t -> row(solution(t), 2).plus(row(solution(t), 0)));
    Parameters theta = Parameters.initialize(equation.parameters(), Precision.DOUBLE, 1);
    Tensor t = Tensor.zeros(Precision.DOUBLE, POINTS, 1);
    for (int point = 0; point < POINTS; point++) {
      t.set(point, END * point / (POINTS - 1));
    }
    LossCurves curves = new LossCurves();
    Dataset points = new Dataset(t, Tensor.zeros(Precision.DOUBLE, POINTS, 1));
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.lbfgs(20)).withEpochs(ITERATIONS);
    new Trainer(equation, theta, Loss.halfSquaredError(), points, options).listenTo(curves).run();

    ScalarFunction u = Graph.scalar(Shape.of(1), at -> row(solution(at), 0));
    // The same weights in the same order, of an expression that is cut elsewhere.
    Parameters same = Parameters.of(u.layer().parameters(), theta.flat());
    double error = 0;
    for (int step = 0; step <= 1_000; step++) {
      Tensor at = Tensor.row(END * step / 1_000);
      error = Math.max(error, Math.abs(u.value(at, same) - Math.sin(at.get(0))));
    }
    Tensor half = Tensor.row(Math.PI / 2);
    System.out.printf("physics   u″ + u = 0: |u − sin t| ≤ %.1e on [0, 2π]%n", error);
    System.out.printf("          at π/2 u = %.5f, u′ = %.5f by a pull, u″ = %.5f by a push over a pull%n",
        u.value(half, same), u.gradient(half, same).get(0), u.hessian(half, same).get(0));
    System.out.println("          loss drawn in " + curves.draw(folder, "oscillator", "mean of half (u″ + u)²"));
    return error;
  }

  /// u, u′ and u″ at t, the rows of a matrix, `[3, 1]`.
  private static Node solution(Node t) {
    Node one = t.constant(1);
    Node zero = t.constant(0);
    Node scaled = rows(t.times(2 / END).plus(-1), one.times(2 / END), zero);
    Node n = linear("2", tanh(linear("1", tanh(linear("0", scaled, WIDTH)), WIDTH)), 1);
    Node square = t.square();
    Node n0 = row(n, 0);
    Node n1 = row(n, 1);
    return rows(t.plus(square.times(n0)), one.plus(t.times(n0).times(2)).plus(square.times(n1)),
        n0.times(2).plus(t.times(n1).times(4)).plus(square.times(row(n, 2))));
  }

  /// v, v′ and v″ become W·v + b, W·v′ and W·v″.
  private static Node linear(String name, Node v, int out) {
    Node weight = v.parameter(name + ".weight", Shape.of(out, v.shape().last()), Initializer.glorotUniform());
    Node bias = v.parameter(name + ".bias", Shape.of(1, out), Initializer.zeros());
    return v.matmulTransposed(weight).plus(bias.pad(0, 0, 2));
  }

  /// v, v′ and v″ become y = tanh v, y′ = (1 − y²)·v′ and y″ = (1 − y²)·v″ − 2·y·y′·v′.
  private static Node tanh(Node v) {
    Node y = row(v, 0).tanh();
    Node slope = y.square().negate().plus(1);
    Node first = slope.times(row(v, 1));
    return rows(y, first, slope.times(row(v, 2)).minus(y.times(first).times(row(v, 1)).times(2)));
  }

  private static Node rows(Node value, Node first, Node second) {
    return Node.stack(0, value, first, second);
  }

  private static Node row(Node rows, int derivative) {
    return rows.slice(0, derivative, derivative + 1, 1).flatten();
  }
}
