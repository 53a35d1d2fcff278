package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A layer at somebody's own x and θ, in double, and directions to move there.
final class GradPoint {

  /// A direction (ẋ, θ̇); one of them may be none.
  record Direction(Tensor xDot, Parameters thetaDot) {}

  private static final double LONGEST = 4;
  private static final int PANEL = 64;

  final Layer layer;
  final Parameters theta;
  final Tensor x;
  final Tensor y;
  private final SplittableRandom random;

  GradPoint(Layer layer, Parameters theta, Tensor x, long seed) {
    this.layer = layer;
    this.theta = theta;
    this.x = x;
    this.y = linearize().output().copy();
    this.random = new SplittableRandom(seed);
  }

  /// The variables of differentiation: x, θ where there are parameters, and both together.
  List<String> variables() {
    return p() == 0 ? List.of("x") : x.size() == 0 ? List.of("theta") : List.of("x", "theta", "x and theta");
  }

  /// P.
  int p() {
    return theta.spec().size();
  }

  Linearization linearize() {
    return layer.linearize(x, theta, new Workspace());
  }

  /// A random direction along `variables`, at most 4 long, so that a hundredth of it is a small step whatever the
  /// layer's size.
  Direction along(String variables) {
    Tensor xDot = variables.startsWith("x") ? draw(x.shape().prepend(1)) : Tensor.none();
    Parameters thetaDot = variables.endsWith("theta") ? Parameters.of(theta.spec(), draw(Shape.of(1, p())))
        : Parameters.none();
    return new Direction(xDot, thetaDot);
  }

  /// Direction `column` of x or of θ alone.
  Direction column(String variable, int column) {
    boolean ofX = variable.equals("x");
    Tensor xDot = ofX ? Tensor.zeros(Precision.DOUBLE, x.shape().prepend(1)) : Tensor.none();
    Parameters thetaDot = ofX ? Parameters.none() : Parameters.zeros(theta.spec(), Precision.DOUBLE);
    (ofX ? xDot : thetaDot.flat()).set(column, 1);
    return new Direction(xDot, thetaDot);
  }

  /// A random cotangent, `[1, …y]`.
  Tensor yBar() {
    return draw(y.shape().prepend(1));
  }

  private Tensor draw(Shape shape) {
    Tensor drawn = Tensor.zeros(Precision.DOUBLE, shape);
    double square = 0;
    for (int i = 0; i < drawn.size(); i++) {
      drawn.set(i, random.nextDouble(-1, 1));
      square += drawn.get(i) * drawn.get(i);
    }
    double scale = Math.min(1, LONGEST / Math.sqrt(square));
    for (int i = 0; i < drawn.size(); i++) {
      drawn.set(i, scale * drawn.get(i));
    }
    return drawn;
  }

  /// f at the point moved by `step` of the direction.
  Tensor valueAt(Direction v, double step) {
    Tensor movedX = v.xDot.isNone() ? x : Differences.sum(1, x, step, v.xDot);
    Parameters movedTheta = v.thetaDot.isNone() ? theta
        : Parameters.of(theta.spec(), Differences.sum(1, theta.flat(), step, v.thetaDot.flat()));
    return layer.linearize(movedX, movedTheta, new Workspace()).output();
  }

  /// J·v, `[1, …y]`.
  Tensor push(Linearization at, Direction v) {
    Tensor yDot = Tensor.zeros(Precision.DOUBLE, y.shape().prepend(1));
    yDot.fill(Double.NaN);
    at.jvp(v.xDot, v.thetaDot, yDot);
    return yDot;
  }

  /// Jᵀ·ȳ by the variables along which v moves.
  Direction pull(Linearization at, Tensor yBar, Direction v) {
    Direction place = placeLike(v);
    at.vjp(yBar, place.xDot, place.thetaDot);
    return place;
  }

  /// The derivative of Jᵀ·ȳ in the direction (v, ȳ̇), by the variables along which v moves.
  Direction pullDot(Linearization at, Direction v, Tensor yBar, Tensor yBarDot) {
    Direction place = placeLike(v);
    at.vjpDot(v.xDot, v.thetaDot, yBar, yBarDot, place.xDot, place.thetaDot);
    return place;
  }

  private Direction placeLike(Direction v) {
    Tensor xBar = v.xDot.isNone() ? Tensor.none() : Tensor.zeros(Precision.DOUBLE, v.xDot.shape());
    xBar.fill(Double.NaN);
    return new Direction(xBar,
        v.thetaDot.isNone() ? Parameters.none() : Parameters.zeros(theta.spec(), Precision.DOUBLE));
  }

  /// ⟨a, b⟩, and the same sum over the terms' magnitudes.
  static double[] product(Direction a, Direction b) {
    double[] ofX = a.xDot.isNone() ? new double[2] : DerivativeLaws.product(a.xDot, b.xDot);
    double[] ofTheta = a.thetaDot.isNone() ? new double[2]
        : DerivativeLaws.product(a.thetaDot.flat(), b.thetaDot.flat());
    return new double[] {ofX[0] + ofTheta[0], ofX[1] + ofTheta[1]};
  }

  /// The Jacobian by x or by θ, `[M, D]` or `[M, P]`, by pulls of the identity.
  Tensor pulledJacobian(String variable) {
    boolean ofX = variable.equals("x");
    int columns = ofX ? x.size() : p();
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, y.size(), columns);
    Linearization at = linearize();
    for (int first = 0; first < y.size(); first += PANEL) {
      Tensor yBar = identity(first, y.size(), y.shape());
      int width = yBar.shape().dim(0);
      Tensor rows = Tensor.zeros(Precision.DOUBLE, ofX ? x.shape().prepend(width) : Shape.of(width, columns));
      at.vjp(yBar, ofX ? rows : Tensor.none(), ofX ? Parameters.none() : Parameters.of(theta.spec(), rows));
      jacobian.copyFrom(rows, first * columns);
    }
    return jacobian;
  }

  /// The Jacobian by x or by θ, `[M, D]` or `[M, P]`, by pushes of the identity.
  Tensor pushedJacobian(String variable) {
    boolean ofX = variable.equals("x");
    int columns = ofX ? x.size() : p();
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, y.size(), columns);
    Linearization at = linearize();
    for (int first = 0; first < columns; first += PANEL) {
      Tensor tangents = identity(first, columns, ofX ? x.shape() : Shape.of(columns));
      int width = tangents.shape().dim(0);
      Tensor yDot = Tensor.zeros(Precision.DOUBLE, y.shape().prepend(width));
      at.jvp(ofX ? tangents : Tensor.none(), ofX ? Parameters.none() : Parameters.of(theta.spec(), tangents), yDot);
      for (int i = 0; i < yDot.size(); i++) {
        jacobian.set(i % y.size() * columns + first + i / y.size(), yDot.get(i));
      }
    }
    return jacobian;
  }

  private static Tensor identity(int first, int n, Shape shape) {
    int width = Math.min(PANEL, n - first);
    Tensor panel = Tensor.zeros(Precision.DOUBLE, shape.prepend(width));
    for (int row = 0; row < width; row++) {
      panel.set(row * n + first + row, 1);
    }
    return panel;
  }

  /// The largest magnitude among the numbers that v moves.
  double largestAlong(Direction v) {
    List<Tensor> moved = new ArrayList<>();
    if (!v.xDot.isNone()) {
      moved.add(x);
    }
    if (!v.thetaDot.isNone()) {
      moved.add(theta.flat());
    }
    return moved.stream().mapToDouble(Comparison::largest).max().orElse(0);
  }
}
