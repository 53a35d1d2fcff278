package dev.lanewise.testkit;

import dev.lanewise.Initializer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.Trial.Directions;
import java.util.ArrayList;
import java.util.List;

/// The law on another layer's parameters: an [IllegalArgumentException] by every way in, and nothing half-written.
final class ParameterLaws {

  private ParameterLaws() {}

  static void addTo(List<Law> laws, LayerContract contract) {
    if (contract.hasParameters()) {
      laws.add(contract.law("refuses-other-parameters",
          "θ, θ̇ and θ̄ of other shapes, of more or fewer parameters or parts throw IllegalArgumentException, "
              + "affineMap's θ as well, and destinations stay as they were",
          ParameterLaws::refusesOtherParameters));
    }
  }

  private static void refusesOtherParameters(Trial trial) {
    Directions d = trial.directions();
    for (ParameterSpec other : others(trial.layer.parameters())) {
      refusesTheta(trial, other);
      refusesDirections(trial, d, other);
    }
  }

  private static void refusesTheta(Trial trial, ParameterSpec other) {
    Parameters theta = values(trial, other, 1);
    String what = "theta of " + other;
    RefusalLaws.requirePoint(trial.layer, what, trial.x, theta);
    if (trial.layer.affineMap(trial.theta).isPresent()) {
      RefusalLaws.require("affineMap", what, () -> trial.layer.affineMap(theta));
    }
  }

  private static void refusesDirections(Trial trial, Directions d, ParameterSpec other) {
    Linearization at = trial.linearize();
    Parameters directions = values(trial, other, d.chunk());
    Tensor yDot = trial.place(d.yBar().shape(), Trial.BEFORE);
    Tensor xBar = trial.place(d.xDot().shape(), Trial.BEFORE);
    RefusalLaws.require("jvp", "thetaDot of " + other, () -> at.jvp(d.xDot(), directions, yDot), yDot);
    RefusalLaws.require("vjp", "thetaBar of " + other, () -> at.vjp(d.yBar(), xBar, directions), xBar,
        directions.flat());
    if (trial.contract.hasSecondDerivative()) {
      Tensor yBar = d.single(0).yBar();
      Parameters thetaBarDot = trial.parameterPlace(d.chunk(), Trial.BEFORE);
      RefusalLaws.require("vjpDot", "thetaDot of " + other,
          () -> at.vjpDot(d.xDot(), directions, yBar, d.yBar(), xBar, thetaBarDot), xBar, thetaBarDot.flat());
      RefusalLaws.require("vjpDot", "thetaBarDot of " + other,
          () -> at.vjpDot(d.xDot(), d.thetaDot(), yBar, d.yBar(), xBar, directions), xBar, directions.flat());
    }
  }

  private static Parameters values(Trial trial, ParameterSpec spec, int chunk) {
    return Parameters.of(spec, trial.place(Shape.of(chunk, spec.size()), Trial.BEFORE));
  }

  /// Specs that are almost this one.
  static List<ParameterSpec> others(ParameterSpec spec) {
    List<ParameterSpec> others = new ArrayList<>();
    if (spec.parts().isEmpty()) {
      List<ParameterSpec.Entry> entries = spec.entries();
      others.add(of(with(entries, entries.size(), new ParameterSpec.Entry("more", Shape.of(1), Initializer.zeros()))));
      if (!entries.isEmpty()) {
        others.add(of(entries.subList(0, entries.size() - 1)));
        others.add(reversed(entries));
        for (int index = 0; index < entries.size(); index++) {
          addLonger(others, entries, index);
        }
      }
    } else {
      List<ParameterSpec> parts = spec.parts();
      others.add(ParameterSpec.join(parts.subList(0, parts.size() - 1)));
      others.add(ParameterSpec.join(with(parts, parts.size(), ParameterSpec.none())));
      for (int part = 0; part < parts.size(); part++) {
        for (ParameterSpec other : others(parts.get(part))) {
          List<ParameterSpec> changed = new ArrayList<>(parts);
          changed.set(part, other);
          others.add(ParameterSpec.join(changed));
        }
      }
    }
    others.removeIf(other -> shapes(other).equals(shapes(spec)) && other.parts().size() == spec.parts().size());
    return others;
  }

  private static void addLonger(List<ParameterSpec> others, List<ParameterSpec.Entry> entries, int index) {
    ParameterSpec.Entry entry = entries.get(index);
    for (int axis = 0; axis < entry.shape().rank(); axis++) {
      int[] dims = entry.shape().toArray();
      dims[axis]++;
      List<ParameterSpec.Entry> changed = new ArrayList<>(entries);
      changed.set(index, new ParameterSpec.Entry(entry.name(), Shape.of(dims), entry.initializer()));
      others.add(of(changed));
    }
  }

  /// The parameters in reverse order, each transposed.
  private static ParameterSpec reversed(List<ParameterSpec.Entry> entries) {
    List<ParameterSpec.Entry> reversed = new ArrayList<>();
    for (ParameterSpec.Entry entry : entries) {
      List<Integer> dims = new ArrayList<>();
      for (int dim : entry.shape().toArray()) {
        dims.addFirst(dim);
      }
      int[] other = dims.stream().mapToInt(Integer::intValue).toArray();
      reversed.addFirst(new ParameterSpec.Entry(entry.name(), Shape.of(other), entry.initializer()));
    }
    return of(reversed);
  }

  private static ParameterSpec of(List<ParameterSpec.Entry> entries) {
    return ParameterSpec.of(entries.toArray(ParameterSpec.Entry[]::new));
  }

  private static <T> List<T> with(List<T> some, int at, T more) {
    List<T> changed = new ArrayList<>(some);
    changed.add(at, more);
    return changed;
  }

  private static List<Shape> shapes(ParameterSpec spec) {
    return spec.entries().stream().map(ParameterSpec.Entry::shape).toList();
  }
}
