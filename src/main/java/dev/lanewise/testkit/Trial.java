package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// A layer at a random point x, θ, in one precision, and random directions there.
///
/// All random numbers are floats, so that the same trial in either precision is at the same point.
final class Trial {

  /// ẋ, θ̇ and ȳ, each of `chunk` directions; θ̇ is none for a layer without parameters.
  record Directions(Tensor xDot, Parameters thetaDot, Tensor yBar) {

    int chunk() {
      return xDot.shape().dim(0);
    }

    /// Direction `index` alone.
    Directions single(int index) {
      return new Directions(xDot.slice(index, 1),
          thetaDot.isNone() ? thetaDot : Parameters.of(thetaDot.spec(), thetaDot.flat().slice(index, 1)),
          yBar.slice(index, 1));
    }
  }

  /// All that a layer gives: y, ẏ, x̄, and θ̄ as `[chunk, P]`.
  record Results(Tensor y, Tensor yDot, Tensor xBar, Tensor thetaBar) {

    static void sameBits(String leftName, Results left, String rightName, Results right) {
      Comparison.sameBits("y " + leftName, left.y, "y " + rightName, right.y);
      Comparison.sameBits("yDot " + leftName, left.yDot, "yDot " + rightName, right.yDot);
      Comparison.sameBits("xBar " + leftName, left.xBar, "xBar " + rightName, right.xBar);
      Comparison.sameBits("thetaBar " + leftName, left.thetaBar, "thetaBar " + rightName, right.thetaBar);
    }
  }

  /// The derivative of a pull: x̄̇, and θ̄̇ as `[chunk, P]`.
  record PullDot(Tensor xBarDot, Tensor thetaBarDot) {}

  /// What a destination holds before a call that must overwrite it, add to it or leave it alone.
  static final double BEFORE = 7.25;
  private static final ToDoubleFunction<RandomGenerator> DIRECTION = random -> random.nextDouble(-1, 1);

  final LayerContract contract;
  final Layer layer;
  final Precision precision;
  final int margin;
  final Tensor x;
  final Parameters theta;
  final Shape output;
  private final SplittableRandom random;
  private final List<Tensor> placed = new ArrayList<>();

  private Trial(LayerContract contract, Precision precision, int batch, int salt, int margin) {
    this.contract = contract;
    this.layer = contract.layer();
    this.precision = precision;
    this.margin = margin;
    this.random = new SplittableRandom(31 * contract.seed() + salt);
    this.x = draw(contract.sample().prepend(batch), contract.domain());
    Parameters initial = Parameters.initialize(layer.parameters(), Precision.DOUBLE, contract.seed());
    Tensor moved = draw(initial.flat().shape(), generator -> generator.nextDouble(-0.1, 0.1));
    for (int i = 0; i < moved.size(); i++) {
      moved.set(i, (float) (moved.get(i) + initial.flat().get(i)));
    }
    this.theta = Parameters.of(layer.parameters(), moved);
    this.output = layer.outputShape(x.shape());
  }

  private Trial(Trial of, Tensor x, Parameters theta) {
    this.contract = of.contract;
    this.layer = of.layer;
    this.precision = of.precision;
    this.margin = of.margin;
    this.random = new SplittableRandom(contract.seed());
    this.x = x;
    this.theta = theta;
    this.output = layer.outputShape(x.shape());
  }

  /// The usual trial.
  static Trial of(LayerContract contract, Precision precision) {
    return of(contract, precision, contract.batch());
  }

  /// With another size of the batch.
  static Trial of(LayerContract contract, Precision precision, int batch) {
    return new Trial(contract, precision, batch, 0, 0);
  }

  /// At another point.
  static Trial elsewhere(LayerContract contract, Precision precision, int salt) {
    return new Trial(contract, precision, contract.batch(), salt, 0);
  }

  /// The usual trial, each tensor a view with `margin` elements on both sides, all NaN.
  static Trial withMargins(LayerContract contract, Precision precision, int margin) {
    return new Trial(contract, precision, contract.batch(), 0, margin);
  }

  /// The same layer at a given point.
  Trial at(Tensor otherX, Parameters otherTheta) {
    return new Trial(this, otherX, otherTheta);
  }

  /// The same layer at (x, θ) + `step`·(ẋ, θ̇).
  Trial moved(double step, Tensor xDot, Parameters thetaDot) {
    return at(
        xDot.isNone() ? x : Differences.sum(1, x, step, xDot),
        thetaDot.isNone() ? theta
            : Parameters.of(theta.spec(), Differences.sum(1, theta.flat(), step, thetaDot.flat())));
  }

  /// As many random directions as laws on one number of them take, others at each call.
  Directions directions() {
    return directions(contract.chunk());
  }

  /// `chunk` random directions, others at each call.
  Directions directions(int chunk) {
    Tensor xDot = draw(x.shape().prepend(chunk), DIRECTION);
    Tensor yBar = draw(output.prepend(chunk), DIRECTION);
    Parameters thetaDot = contract.hasParameters()
        ? Parameters.of(theta.spec(), draw(Shape.of(chunk, theta.spec().size()), DIRECTION))
        : Parameters.none();
    return new Directions(xDot, thetaDot, yBar);
  }

  /// A new tensor of random numbers.
  Tensor draw(Shape shape, ToDoubleFunction<RandomGenerator> distribution) {
    Tensor tensor = place(shape, 0);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, (float) distribution.applyAsDouble(random));
    }
    return tensor;
  }

  /// A new tensor with `content` in each element, within margins if there are any.
  Tensor place(Shape shape, double content) {
    int length = shape.size() + 2 * margin;
    Tensor tensor;
    if (precision == Precision.FLOAT) {
      float[] array = new float[length];
      Arrays.fill(array, Float.NaN);
      tensor = Tensor.view(array, margin, shape);
    } else {
      double[] array = new double[length];
      Arrays.fill(array, Double.NaN);
      tensor = Tensor.view(array, margin, shape);
    }
    tensor.fill(content);
    placed.add(tensor);
    return tensor;
  }

  /// Nothing was written before or after any tensor.
  void requireMargins() {
    for (Tensor tensor : placed) {
      for (int i = 0; i < margin; i++) {
        double before = element(tensor, i);
        double after = element(tensor, tensor.offset() + tensor.size() + i);
        if (!Double.isNaN(before) || !Double.isNaN(after)) {
          throw new AssertionError("in the array of a " + precision + " " + tensor.shape() + ": found " + before
              + " before and " + after + " after the tensor, expected NaN, as before the call");
        }
      }
    }
  }

  private static double element(Tensor tensor, int at) {
    return tensor.precision() == Precision.FLOAT ? tensor.floats()[at] : tensor.doubles()[at];
  }

  /// The linearization in a new workspace.
  Linearization linearize() {
    return linearize(new Workspace());
  }

  Linearization linearize(Workspace ws) {
    return layer.linearize(x, theta, ws);
  }

  Tensor forward(Workspace ws) {
    return layer.forward(x, theta, ws);
  }

  /// The value, in new memory.
  Tensor value() {
    return linearize().output().copy();
  }

  /// ẏ, in new memory.
  Tensor push(Linearization at, Tensor xDot, Parameters thetaDot, int chunk) {
    Tensor yDot = place(output.prepend(chunk), Double.NaN);
    at.jvp(xDot, thetaDot, yDot);
    return yDot;
  }

  /// x̄, in new memory.
  Tensor pull(Linearization at, Tensor yBar) {
    Tensor xBar = place(x.shape().prepend(yBar.shape().dim(0)), Double.NaN);
    at.vjp(yBar, xBar, Parameters.none());
    return xBar;
  }

  /// x̄̇ and θ̄̇ of the pull of `yBar`, along (ẋ, θ̇) and ȳ̇ = `d.yBar()`.
  PullDot pullDot(Linearization at, Directions d, Tensor yBar) {
    Tensor xBarDot = place(x.shape().prepend(d.chunk()), Double.NaN);
    Parameters thetaBarDot = parameterPlace(d.chunk(), 0);
    at.vjpDot(d.xDot, d.thetaDot, yBar, d.yBar, xBarDot, contract.hasParameters() ? thetaBarDot : Parameters.none());
    return new PullDot(xBarDot, thetaBarDot.flat());
  }

  /// A place for sums θ̄ of `chunk` directions, with `content` in each element.
  Parameters parameterPlace(int chunk, double content) {
    return Parameters.of(theta.spec(), place(Shape.of(chunk, theta.spec().size()), content));
  }

  /// The same, none for a layer without parameters.
  Parameters optionalParameterPlace(int chunk, double content) {
    return contract.hasParameters() ? parameterPlace(chunk, content) : Parameters.none();
  }

  /// All results at this point, in a new workspace.
  Results results(Directions directions) {
    return results(linearize(), directions);
  }

  /// All results of a linearization.
  Results results(Linearization at, Directions directions) {
    Tensor yDot = push(at, directions.xDot, directions.thetaDot, directions.chunk());
    Tensor xBar = place(x.shape().prepend(directions.chunk()), Double.NaN);
    Parameters thetaBar = parameterPlace(directions.chunk(), 0);
    at.vjp(directions.yBar, xBar, contract.hasParameters() ? thetaBar : Parameters.none());
    return new Results(at.output().copy(), yDot, xBar, thetaBar.flat());
  }
}
