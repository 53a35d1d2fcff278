package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.testkit.Trial.Directions;
import java.util.ArrayList;
import java.util.List;

/// The law on bad input: an [IllegalArgumentException] at the door, and nothing half-written.
final class RefusalLaws {

  private RefusalLaws() {}

  static void addTo(List<Law> laws, LayerContract contract) {
    laws.add(contract.law("refuses-bad-input",
        "shapes, precisions and chunks that do not fit throw IllegalArgumentException, and destinations stay as they "
            + "were",
        RefusalLaws::refusesBadInput));
  }

  private static void refusesBadInput(Trial trial) {
    refusesInputs(trial);
    refusesParameters(trial);
    Directions d = trial.directions();
    refusesPushes(trial, trial.linearize(), d);
    refusesPulls(trial, trial.linearize(), d);
    if (trial.contract.hasSecondDerivative()) {
      refusesPullDots(trial, trial.linearize(), d);
    }
  }

  /// Whatever outputShape refuses, linearize and forward must refuse.
  private static void refusesInputs(Trial trial) {
    for (Shape shape : misfits(trial.x.shape())) {
      if (isRefused(() -> trial.layer.outputShape(shape), "outputShape of " + shape)) {
        Tensor x = trial.place(shape, 0.5);
        requirePoint(trial.layer, "x " + shape, x, trial.theta);
      }
    }
  }

  /// One feature more, one fewer, one axis more, one fewer.
  private static List<Shape> misfits(Shape shape) {
    List<Shape> misfits = new ArrayList<>();
    int[] dims = shape.toArray();
    int last = dims.length - 1;
    if (last >= 0) {
      dims[last]++;
      misfits.add(Shape.of(dims));
      dims[last] -= 2;
      if (dims[last] >= 0) {
        misfits.add(Shape.of(dims));
      }
      misfits.add(shape.withoutFirst());
    }
    misfits.add(shape.prepend(2));
    return misfits;
  }

  private static void refusesParameters(Trial trial) {
    if (trial.contract.hasParameters()) {
      requirePoint(trial.layer, "theta in another precision than x", trial.x, trial.theta.to(other(trial.precision)));
      requirePoint(trial.layer, "theta of 2 directions", trial.x, trial.parameterPlace(2, 0.5));
    }
  }

  static void requirePoint(Layer layer, String what, Tensor x, Parameters theta) {
    require("linearize", what, () -> layer.linearize(x, theta, new Workspace()));
    require("forward", what, () -> layer.forward(x, theta, new Workspace()));
  }

  private static void refusesPushes(Trial trial, Linearization at, Directions d) {
    Precision other = other(trial.precision);
    int chunk = d.chunk();
    Tensor yDot = trial.place(d.yBar().shape(), Trial.BEFORE);
    requirePush(at, "xDot in another precision", d.xDot().to(other), d.thetaDot(), yDot);
    requirePush(at, "xDot of another chunk", longer(trial, d.xDot()), d.thetaDot(), yDot);
    requirePush(at, "yDot of another chunk", d.xDot(), d.thetaDot(), longer(trial, yDot));
    requirePush(at, "yDot in another precision", d.xDot(), d.thetaDot(), yDot.to(other));
    requirePush(at, "yDot none", d.xDot(), d.thetaDot(), Tensor.none());
    for (Shape shape : misfits(trial.output)) {
      Tensor misfit = trial.place(shape.prepend(chunk), Trial.BEFORE);
      requirePush(at, "yDot for y " + shape, d.xDot(), d.thetaDot(), misfit);
    }
    for (Shape shape : misfits(trial.x.shape())) {
      Tensor misfit = trial.place(shape.prepend(chunk), Trial.BEFORE);
      requirePush(at, "xDot for x " + shape, misfit, d.thetaDot(), yDot);
    }
    if (trial.contract.hasParameters()) {
      requirePush(at, "thetaDot in another precision", d.xDot(), d.thetaDot().to(other), yDot);
      Parameters longer = trial.parameterPlace(chunk + 1, Trial.BEFORE);
      requirePush(at, "thetaDot of another chunk", d.xDot(), longer, yDot);
      requirePush(at, "thetaDot of another chunk, xDot none", Tensor.none(), longer, yDot);
    }
  }

  private static void requirePush(Linearization at, String what, Tensor xDot, Parameters thetaDot, Tensor yDot) {
    require("jvp", what, () -> at.jvp(xDot, thetaDot, yDot), yDot);
  }

  private static void refusesPulls(Trial trial, Linearization at, Directions d) {
    Precision other = other(trial.precision);
    int chunk = d.chunk();
    Tensor xBar = trial.place(d.xDot().shape(), Trial.BEFORE);
    Parameters thetaBar = trial.optionalParameterPlace(chunk, Trial.BEFORE);
    requirePull(at, "yBar in another precision", d.yBar().to(other), xBar, thetaBar);
    requirePull(at, "yBar of another chunk", longer(trial, d.yBar()), xBar, thetaBar);
    requirePull(at, "yBar none", Tensor.none(), xBar, thetaBar);
    requirePull(at, "xBar in another precision", d.yBar(), xBar.to(other), thetaBar);
    requirePull(at, "xBar of another chunk", d.yBar(), longer(trial, xBar), thetaBar);
    for (Shape shape : misfits(trial.output)) {
      requirePull(at, "yBar for y " + shape, trial.place(shape.prepend(chunk), Trial.BEFORE), xBar, thetaBar);
    }
    for (Shape shape : misfits(trial.x.shape())) {
      requirePull(at, "xBar for x " + shape, d.yBar(), trial.place(shape.prepend(chunk), Trial.BEFORE), thetaBar);
    }
    if (trial.contract.hasParameters()) {
      requirePull(at, "thetaBar in another precision", d.yBar(), xBar, thetaBar.to(other));
      requirePull(at, "thetaBar of another chunk", d.yBar(), xBar, trial.parameterPlace(chunk + 1, Trial.BEFORE));
      requirePull(at, "thetaBar of another chunk, xBar none", d.yBar(), Tensor.none(),
          trial.parameterPlace(chunk + 1, Trial.BEFORE));
    }
  }

  private static void requirePull(Linearization at, String what, Tensor yBar, Tensor xBar, Parameters thetaBar) {
    require("vjp", what, () -> at.vjp(yBar, xBar, thetaBar), xBar, thetaBar.flat());
  }

  private static void refusesPullDots(Trial trial, Linearization at, Directions d) {
    Precision other = other(trial.precision);
    int chunk = d.chunk();
    Tensor yBar = d.single(0).yBar();
    Tensor yBarDot = d.yBar();
    Tensor xBarDot = trial.place(d.xDot().shape(), Trial.BEFORE);
    Parameters thetaBarDot = trial.optionalParameterPlace(chunk, Trial.BEFORE);
    requirePullDot(at, "yBar of 2 directions", d, trial.place(trial.output.prepend(2), Trial.BEFORE), yBarDot, xBarDot,
        thetaBarDot);
    requirePullDot(at, "yBar in another precision", d, yBar.to(other), yBarDot, xBarDot, thetaBarDot);
    requirePullDot(at, "yBar none", d, Tensor.none(), yBarDot, xBarDot, thetaBarDot);
    requirePullDot(at, "yBarDot of another chunk", d, yBar, longer(trial, yBarDot), xBarDot, thetaBarDot);
    requirePullDot(at, "yBarDot in another precision", d, yBar, yBarDot.to(other), xBarDot, thetaBarDot);
    requirePullDot(at, "yBarDot none", d, yBar, Tensor.none(), xBarDot, thetaBarDot);
    requirePullDot(at, "xBarDot of another chunk", d, yBar, yBarDot, longer(trial, xBarDot), thetaBarDot);
    requirePullDot(at, "xBarDot in another precision", d, yBar, yBarDot, xBarDot.to(other), thetaBarDot);
    Directions longXDot = new Directions(longer(trial, d.xDot()), d.thetaDot(), yBarDot);
    requirePullDot(at, "xDot of another chunk", longXDot, yBar, yBarDot, xBarDot, thetaBarDot);
    if (trial.contract.hasParameters()) {
      Directions longThetaDot = new Directions(d.xDot(), trial.parameterPlace(chunk + 1, Trial.BEFORE), yBarDot);
      Directions otherThetaDot = new Directions(d.xDot(), d.thetaDot().to(other), yBarDot);
      requirePullDot(at, "thetaDot in another precision", otherThetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      requirePullDot(at, "thetaDot of another chunk", longThetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      requirePullDot(at, "thetaBarDot of another chunk", d, yBar, yBarDot, xBarDot,
          trial.parameterPlace(chunk + 1, Trial.BEFORE));
      requirePullDot(at, "thetaBarDot in another precision", d, yBar, yBarDot, xBarDot, thetaBarDot.to(other));
    }
  }

  private static void requirePullDot(
      Linearization at, String what, Directions d, Tensor yBar, Tensor yBarDot, Tensor xBarDot,
      Parameters thetaBarDot) {
    require("vjpDot", what, () -> at.vjpDot(d.xDot(), d.thetaDot(), yBar, yBarDot, xBarDot, thetaBarDot), xBarDot,
        thetaBarDot.flat());
  }

  private static Precision other(Precision precision) {
    return precision == Precision.FLOAT ? Precision.DOUBLE : Precision.FLOAT;
  }

  /// A tensor with one more direction.
  private static Tensor longer(Trial trial, Tensor directions) {
    return trial.place(directions.shape().withFirst(directions.shape().dim(0) + 1), Trial.BEFORE);
  }

  static void require(String operation, String what, Runnable call, Tensor... destinations) {
    Tensor[] before = new Tensor[destinations.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = destinations[i].isNone() ? destinations[i] : destinations[i].copy();
    }
    if (!isRefused(call, operation + ", " + what)) {
      throw new AssertionError(operation + " takes " + what + ", expected an IllegalArgumentException");
    }
    for (int i = 0; i < before.length; i++) {
      if (!before[i].isNone()) {
        Comparison.sameBits("destination before " + operation + " refused " + what, before[i], "after",
            destinations[i]);
      }
    }
  }

  private static boolean isRefused(Runnable call, String what) {
    try {
      call.run();
      return false;
    } catch (IllegalArgumentException refused) {
      return true;
    } catch (RuntimeException other) {
      throw new AssertionError(what + ": threw " + other + ", expected an IllegalArgumentException", other);
    }
  }
}
