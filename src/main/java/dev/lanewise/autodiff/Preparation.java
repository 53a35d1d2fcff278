package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.autodiff.JacobianPlanner.Alternative;
import dev.lanewise.autodiff.PublishedParameters.Snapshot;
import dev.lanewise.autodiff.chain.Chain;
import dev.lanewise.autodiff.chain.Wanted;
import dev.lanewise.autodiff.plan.Autotuner;
import dev.lanewise.autodiff.plan.Autotuner.Outcome;
import dev.lanewise.autodiff.plan.ChainTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/// The target of a prepared Jacobian, and the search for its plan: by predicted times, or by timing the nearest orders.
record Preparation(Layer f, Precision precision, Shape input, Shape output, JacobianOptions options, Wanted wanted) {

  /// Finds the fastest of several calls, each of which is predicted to take about the given time.
  interface Tuner extends BiFunction<List<Runnable>, Double, Outcome> {}

  /// @throws IllegalArgumentException if the network has no such input or no such Jacobian
  static Preparation of(Layer f, Precision precision, Shape input, JacobianOptions options) {
    Shape output = f.outputShape(input);
    Wanted wanted = Door.requireWanted(f, options, output.size(), input.size());
    Door.requireMatrixSize(f, "Jacobian", wanted.rows(), wanted.columns());
    return new Preparation(f, precision, input, output, options, wanted);
  }

  /// @throws IllegalArgumentException if no order of the mode fits the memory
  PreparedJacobian prepared(PublishedParameters theta) {
    return prepared(theta, new Autotuner(options.autotuning())::fastest);
  }

  PreparedJacobian prepared(PublishedParameters theta, Tuner tuner) {
    Snapshot now = theta.snapshot();
    Chain chain = new Chain(f, now.theta(), input);
    JacobianPlanner planner = new JacobianPlanner(chain, wanted, options, precision,
        new ChainTimes.Measured(options.costs(), precision), options.costs().source());
    if (!options.isAutotuned()) {
      return new PreparedJacobian(this, theta, now, chain, planner.plan());
    }
    List<Alternative> nearest = planner.nearest();
    List<PreparedJacobian> candidates = new ArrayList<>();
    List<Runnable> calls = new ArrayList<>();
    for (Alternative one : nearest) {
      PreparedJacobian candidate = new PreparedJacobian(this, theta, now, new Chain(f, now.theta(), input), one.plan());
      candidates.add(candidate);
      calls.add(candidate.atZero());
    }
    Outcome outcome = tuner.apply(calls, nearest.getFirst().plan().nanos());
    return candidates.get(outcome.fastest()).as(explained(nearest, outcome));
  }

  private static JacobianPlan explained(List<Alternative> nearest, Outcome outcome) {
    JacobianPlan taken = nearest.get(outcome.fastest()).plan();
    if (outcome.nanos().isEmpty()) {
      return taken.timed(taken.reason() + "; " + outcome.why(), List.of());
    }
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < nearest.size(); at++) {
      lines.add(String.format(Locale.ROOT, "%c timed %12s, value included, in the order of %s",
          at == outcome.fastest() ? '>' : ' ', JacobianPlan.time(outcome.nanos().get(at)), nearest.get(at).order()));
    }
    return taken.timed(outcome.why(), lines);
  }
}
