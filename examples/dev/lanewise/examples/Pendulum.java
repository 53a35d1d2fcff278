package dev.lanewise.examples;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.graph.Graph;
import dev.lanewise.graph.Node;
import dev.lanewise.train.Trainer;
import dev.lanewise.train.TrainerOptions;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Balances an inverted pendulum by a learned model. A network learns the next state from state and torque; its
/// Jacobians at the upright position, A = ∂f/∂state and B = ∂f/∂control, are a linear model, whose linear-quadratic
/// regulator then holds the pendulum.
public final class Pendulum {

  private static final double SECONDS = 0.05;
  private static final double GRAVITY_BY_LENGTH = 9.81;
  private static final double FRICTION = 0.1;
  private static final int SAMPLES = 300;
  private static final int WIDTH = 16;
  private static final int ITERATIONS = 500;
  private static final double PRICE_OF_TORQUE = 0.1;

  private Pendulum() {}

  public static void main(String[] arguments) throws IOException {
    run(Examples.folder(arguments));
  }

  /// @return the pendulum's distance from upright after ten seconds, in radians, from 0.4 at the start
  public static double run(Path folder) throws IOException {
    Layer dynamics = Graph.layer(Shape.of(3), Pendulum::next);
    Parameters theta = Parameters.initialize(dynamics.parameters(), Precision.DOUBLE, 1);
    LossCurves curves = new LossCurves();
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.lbfgs(20)).withEpochs(ITERATIONS);
    new Trainer(dynamics, theta, Loss.halfSquaredError(), observed(), options).listenTo(curves).run();

    Tensor upright = Tensor.zeros(Precision.DOUBLE, 1, 3);
    Tensor a = Jacobians.jacobian(dynamics, theta, upright, JacobianOptions.defaults().withInputs(0, 2));
    Tensor b = Jacobians.jacobian(dynamics, theta, upright, JacobianOptions.defaults().withInputs(2, 3));
    double error = Math.max(differenceFromTruth(a, 0), differenceFromTruth(b, 2));
    System.out.printf("control   A = [%.4f %.4f; %.4f %.4f], B = [%.4f; %.4f], within %.0e of the pendulum's own%n",
        a.get(0), a.get(1), a.get(2), a.get(3), b.get(0), b.get(1), error);
    double[] gain = regulator(a, b);
    double free = simulate(0.4, 0, 0);
    double held = simulate(0.4, gain);
    System.out.printf("          torque = −%.2f·angle − %.2f·speed: after 10 s %.0e rad from upright; without %.1f%n",
        gain[0], gain[1], held, free);
    System.out.println("          loss drawn in " + curves.draw(folder, "pendulum", "half the squared error"));
    return held;
  }

  /// The next state of angle and speed; the network learns the change.
  private static Node next(Node x) {
    Node state = x.slice(0, 2);
    Node control = x.slice(2, 3);
    Node change = Node.concat(state, control).linear("0", WIDTH).tanh().linear("1", 2);
    return state.plus(change.times(SECONDS));
  }

  /// Angles up to 1, speeds up to 2 and torques up to 5, and where the pendulum is a moment later.
  private static Dataset observed() {
    SplittableRandom random = new SplittableRandom(1);
    Tensor x = Tensor.zeros(Precision.DOUBLE, SAMPLES, 3);
    Tensor y = Tensor.zeros(Precision.DOUBLE, SAMPLES, 2);
    for (int sample = 0; sample < SAMPLES; sample++) {
      double[] state = {random.nextDouble(-1, 1), random.nextDouble(-2, 2)};
      double torque = random.nextDouble(-5, 5);
      double[] later = moved(state, torque);
      for (int i = 0; i < 2; i++) {
        x.set(3 * sample + i, state[i]);
        y.set(2 * sample + i, later[i]);
      }
      x.set(3 * sample + 2, torque);
    }
    return new Dataset(x, y);
  }

  /// The pendulum itself, by Runge and Kutta's four stages: angle″ = g/l·sin(angle) − friction·speed + torque.
  private static double[] moved(double[] state, double torque) {
    double[] k1 = slope(state, torque);
    double[] k2 = slope(ahead(state, k1, SECONDS / 2), torque);
    double[] k3 = slope(ahead(state, k2, SECONDS / 2), torque);
    double[] k4 = slope(ahead(state, k3, SECONDS), torque);
    double[] moved = state.clone();
    for (int i = 0; i < 2; i++) {
      moved[i] += SECONDS / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
    }
    return moved;
  }

  private static double[] slope(double[] state, double torque) {
    return new double[] {state[1], GRAVITY_BY_LENGTH * Math.sin(state[0]) - FRICTION * state[1] + torque};
  }

  private static double[] ahead(double[] state, double[] slope, double seconds) {
    return new double[] {state[0] + seconds * slope[0], state[1] + seconds * slope[1]};
  }

  /// The largest difference between a part of the learned Jacobian and quotients of differences of the pendulum itself.
  private static double differenceFromTruth(Tensor part, int firstInput) {
    double h = 1e-5;
    double largest = 0;
    for (int input = 0; input < part.shape().dim(1); input++) {
      double[] at = new double[3];
      at[firstInput + input] = h;
      double[] ahead = moved(new double[] {at[0], at[1]}, at[2]);
      double[] behind = moved(new double[] {-at[0], -at[1]}, -at[2]);
      for (int output = 0; output < 2; output++) {
        largest = Math.max(largest, Math.abs((ahead[output] - behind[output]) / (2 * h) - part.get(output, input)));
      }
    }
    return largest;
  }

  /// K of u = −K·x, the limit of Riccati's iteration for the cost Σ ‖x‖² + r·u²:
  /// K = Bᵀ·P·A / (r + Bᵀ·P·B), P ← I + Aᵀ·P·(A − B·K).
  private static double[] regulator(Tensor a, Tensor b) {
    double[][] p = {{1, 0}, {0, 1}};
    double[] gain = new double[2];
    for (int iteration = 0; iteration < 500; iteration++) {
      double[] bp = {b.get(0) * p[0][0] + b.get(1) * p[1][0], b.get(0) * p[0][1] + b.get(1) * p[1][1]};
      double price = PRICE_OF_TORQUE + bp[0] * b.get(0) + bp[1] * b.get(1);
      for (int i = 0; i < 2; i++) {
        gain[i] = (bp[0] * a.get(0, i) + bp[1] * a.get(1, i)) / price;
      }
      double[][] next = new double[2][2];
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          double first = a.get(0, j) - b.get(0) * gain[j];
          double second = a.get(1, j) - b.get(1) * gain[j];
          next[i][j] = (i == j ? 1 : 0) + a.get(0, i) * (p[0][0] * first + p[0][1] * second)
              + a.get(1, i) * (p[1][0] * first + p[1][1] * second);
        }
      }
      p = next;
    }
    return gain;
  }

  /// Ten seconds of the pendulum itself with u = −K·x.
  private static double simulate(double angle, double... gain) {
    double[] state = {angle, 0};
    for (int step = 0; step < 10 / SECONDS; step++) {
      state = moved(state, -gain[0] * state[0] - gain[1] * state[1]);
    }
    return Math.abs(state[0]);
  }
}
