package dev.lanewise.testkit;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.Trial.Directions;
import java.util.List;

/// Laws on the derivative as a linear map: that it is one, the right one, and the same from both sides.
final class DerivativeLaws {

  private DerivativeLaws() {}

  static void addTo(List<Law> laws, LayerContract contract) {
    laws.add(contract.law("jvp-linear", "J·(a·u + b·v) = a·J·u + b·J·v", DerivativeLaws::jvpLinear));
    laws.add(contract.lawOnContract("jvp-is-derivative",
        "J·ẋ is the limit of (f(x + h·ẋ) − f(x − h·ẋ)) / 2h, in θ as well", DerivativeLaws::jvpIsDerivative));
    laws.add(contract.law("adjoint", "⟨ȳ, J·ẋ⟩ = ⟨Jᵀ·ȳ, ẋ⟩, in θ as well", DerivativeLaws::adjoint));
    laws.add(contract.law("none-is-zero", "a tangent that is none is zero; a cotangent that is none changes no other",
        DerivativeLaws::noneIsZero));
    laws.add(contract.law("chunk-equals-singles", "k directions at once give what each gives alone",
        DerivativeLaws::chunkEqualsSingles));
    laws.add(contract.lawOnEachBatch("odd-sizes",
        "adjoint, and chunks as singles, at every size of batch and chunk, also in float", DerivativeLaws::oddSizes));
  }

  private static void jvpLinear(Trial trial) {
    double a = 1.5;
    double b = -0.75;
    Directions u = trial.directions();
    Directions v = trial.directions();
    Tensor xDot = Differences.sum(a, u.xDot(), b, v.xDot());
    Parameters thetaDot = u.thetaDot().isNone() ? Parameters.none()
        : Parameters.of(trial.theta.spec(), Differences.sum(a, u.thetaDot().flat(), b, v.thetaDot().flat()));
    Linearization at = trial.linearize();
    Tensor ofSum = trial.push(at, xDot, thetaDot, u.chunk());
    Tensor ofU = trial.push(at, u.xDot(), u.thetaDot(), u.chunk());
    Tensor ofV = trial.push(at, v.xDot(), v.thetaDot(), u.chunk());
    Comparison.close(trial.contract, "J·(1.5·u − 0.75·v)", ofSum, "1.5·J·u − 0.75·J·v",
        Differences.sum(a, ofU, b, ofV));
  }

  private static void jvpIsDerivative(LayerContract contract) {
    Trial trial = Trial.of(contract, Precision.DOUBLE);
    Directions d = trial.directions(1);
    requireDerivative(trial, "ẋ", d.xDot(), Parameters.none());
    if (contract.hasParameters()) {
      requireDerivative(trial, "θ̇", Tensor.none(), d.thetaDot());
      requireDerivative(trial, "ẋ and θ̇", d.xDot(), d.thetaDot());
    }
  }

  private static void requireDerivative(Trial trial, String along, Tensor xDot, Parameters thetaDot) {
    Tensor pushed = trial.push(trial.linearize(), xDot, thetaDot, 1);
    Differences.requireDerivative(trial.contract, "yDot along " + along, pushed,
        step -> trial.moved(step, xDot, thetaDot).value());
  }

  private static void adjoint(Trial trial) {
    requireAdjoint(trial, trial.directions());
  }

  private static void requireAdjoint(Trial trial, Directions d) {
    Linearization at = trial.linearize();
    Tensor yDot = trial.push(at, d.xDot(), Parameters.none(), d.chunk());
    Tensor xBar = trial.pull(at, d.yBar());
    requireSameProducts(trial, "x", d.yBar(), yDot, xBar, d.xDot());
    if (trial.contract.hasParameters()) {
      Tensor yDotOfTheta = trial.push(at, Tensor.none(), d.thetaDot(), d.chunk());
      Parameters thetaBar = trial.parameterPlace(d.chunk(), 0);
      at.vjp(d.yBar(), Tensor.none(), thetaBar);
      requireSameProducts(trial, "theta", d.yBar(), yDotOfTheta, thetaBar.flat(), d.thetaDot().flat());
    }
  }

  private static void requireSameProducts(Trial trial, String of, Tensor yBar, Tensor yDot, Tensor pulled,
      Tensor tangent) {
    for (int direction = 0; direction < yBar.shape().dim(0); direction++) {
      double[] left = product(yBar.slice(direction, 1), yDot.slice(direction, 1));
      double[] right = product(pulled.slice(direction, 1), tangent.slice(direction, 1));
      double allowed = Comparison.allowance(trial.contract, trial.precision, Math.max(1, left[1] + right[1]));
      if (!(Math.abs(left[0] - right[0]) <= allowed)) {
        throw new AssertionError("<yBar, J·" + of + "Dot> and <J^T·yBar, " + of + "Dot>, " + trial.precision + ", x "
            + trial.x.shape() + ", direction " + direction + " of " + yBar.shape().dim(0) + ": " + left[0] + " and "
            + right[0] + ", expected the same up to " + allowed);
      }
    }
  }

  /// ⟨a, b⟩, and the same sum over the terms' magnitudes.
  static double[] product(Tensor a, Tensor b) {
    double sum = 0;
    double absolute = 0;
    for (int i = 0; i < a.size(); i++) {
      double term = a.get(i) * b.get(i);
      sum += term;
      absolute += Math.abs(term);
    }
    return new double[] {sum, absolute};
  }

  private static void noneIsZero(Trial trial) {
    LayerContract contract = trial.contract;
    Directions d = trial.directions();
    int chunk = d.chunk();
    Linearization at = trial.linearize();
    Tensor zeroX = trial.place(d.xDot().shape(), 0);
    Parameters zeroTheta = trial.parameterPlace(chunk, 0);
    Tensor zeroY = trial.place(d.yBar().shape(), 0);
    Comparison.close(contract, "yDot of xDot none and thetaDot none",
        trial.push(at, Tensor.none(), Parameters.none(), chunk), "zero", zeroY);
    if (contract.hasParameters()) {
      Comparison.close(contract, "yDot with xDot none", trial.push(at, Tensor.none(), d.thetaDot(), chunk),
          "with xDot 0", trial.push(at, zeroX, d.thetaDot(), chunk));
      Comparison.close(contract, "yDot with thetaDot none", trial.push(at, d.xDot(), Parameters.none(), chunk),
          "with thetaDot 0", trial.push(at, d.xDot(), zeroTheta, chunk));
      Tensor both = trial.place(d.xDot().shape(), Double.NaN);
      Parameters thetaBar = trial.parameterPlace(chunk, 0);
      at.vjp(d.yBar(), both, thetaBar);
      Parameters only = trial.parameterPlace(chunk, 0);
      at.vjp(d.yBar(), Tensor.none(), only);
      Comparison.close(contract, "xBar with thetaBar none", trial.pull(at, d.yBar()), "with thetaBar", both);
      Comparison.close(contract, "thetaBar with xBar none", only.flat(), "with xBar", thetaBar.flat());
    }
    at.vjp(d.yBar(), Tensor.none(), Parameters.none());
  }

  private static void chunkEqualsSingles(Trial trial) {
    requireSingles(trial, trial.directions());
  }

  private static void requireSingles(Trial trial, Directions d) {
    Trial.Results together = trial.results(d);
    for (int direction = 0; direction < d.chunk(); direction++) {
      Trial.Results alone = trial.results(d.single(direction));
      String which = " of direction " + direction + " among " + d.chunk() + ", x " + trial.x.shape();
      Comparison.close(trial.contract, "yDot" + which, together.yDot().slice(direction, 1), "yDot alone", alone.yDot());
      Comparison.close(trial.contract, "xBar" + which, together.xBar().slice(direction, 1), "xBar alone", alone.xBar());
      Comparison.close(trial.contract, "thetaBar" + which, together.thetaBar().slice(direction, 1),
          "thetaBar alone", alone.thetaBar());
    }
  }

  private static void oddSizes(Trial trial) {
    for (int chunk : trial.contract.chunks()) {
      Directions directions = trial.directions(chunk);
      requireAdjoint(trial, directions);
      requireSingles(trial, directions);
    }
  }
}
