package dev.lanewise.testkit;

import dev.lanewise.Activation;
import dev.lanewise.AffineMap;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Ops;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.List;

/// Laws on what a layer says of itself, so that operators can do more than push and pull through it: the structure of
/// its Jacobian, its affine map, the layer that includes an activation after it, its chain, its branches. Each law
/// applies only to layers that say so.
final class StructureLaws {

  private StructureLaws() {}

  static void addTo(List<Law> laws, LayerContract contract) {
    if (contract.batches().stream()
        .anyMatch(batch -> isAtHand(contract.layer().jacobianStructure(contract.sample().prepend(batch))))) {
      laws.add(contract.lawOnEachBatch("structure-is-jacobian",
          "where the structure is DENSE, diag(slope)·weight is J; where it is DIAGONAL, diag(slope) is",
          StructureLaws::structureIsJacobian));
    }
    if (isAffine(contract)) {
      laws.add(contract.law("affine-map-is-layer", "where there is an affine map, φ(X·Wᵀ + 1·bᵀ) is the value",
          StructureLaws::affineMapIsLayer));
    }
    if (contract.layer().activatedBy(Activation.TANH).isPresent()) {
      laws.add(contract.law("activated-is-layer",
          "where a layer includes φ after this one, it has the same parameters, and φ(f(x, θ)) is its value",
          StructureLaws::activatedIsLayer));
    }
    if (!contract.layer().chain().isEmpty()) {
      laws.add(contract.law("chain-is-layer",
          "the chain's layers one after the other, each on its part of θ, give the value",
          StructureLaws::chainIsLayer));
    }
    if (!contract.layer().branches().isEmpty()) {
      laws.add(contract.law("branches-are-layer", "the branches' values, each on its part of θ, add up to the value",
          StructureLaws::branchesAreLayer));
    }
  }

  private static boolean isAffine(LayerContract contract) {
    return contract.layer().affineMap(Trial.of(contract, Precision.DOUBLE).theta).isPresent();
  }

  private static void affineMapIsLayer(Trial trial) {
    AffineMap map = trial.layer.affineMap(trial.theta).orElseThrow();
    Tensor y = trial.place(trial.output, 0);
    Ops.dense(trial.x, map.weight(), map.bias(), map.activation(), y, Tensor.none(), new Workspace());
    Comparison.close(trial.contract, "φ(X·Wᵀ + 1·bᵀ), " + trial.precision, y, "the value", trial.value());
  }

  private static void activatedIsLayer(Trial trial) {
    for (Activation phi : Activation.values()) {
      Layer activated = trial.layer.activatedBy(phi).orElse(trial.layer);
      if (!named(activated).equals(named(trial.layer))) {
        throw new AssertionError("activatedBy " + phi + " has parameters " + named(activated)
            + ", expected " + named(trial.layer));
      }
      if (activated != trial.layer) {
        Tensor y = trial.value();
        PointwiseOps.activate(phi, y, y, Tensor.none());
        Comparison.close(trial.contract, "the value activatedBy " + phi + ", " + trial.precision,
            activated.linearize(trial.x, trial.theta, new Workspace()).output(), phi + " of the value", y);
      }
    }
  }

  /// Names and shapes of parameters.
  private static List<String> named(Layer layer) {
    return layer.parameters().entries().stream().map(entry -> entry.name() + " " + entry.shape()).toList();
  }

  private static void chainIsLayer(Trial trial) {
    Workspace ws = new Workspace();
    Tensor value = trial.x;
    List<Layer> chain = trial.layer.chain();
    for (int part = 0; part < chain.size(); part++) {
      value = chain.get(part).linearize(value, trial.theta.part(part), ws).output();
    }
    Comparison.close(trial.contract, "the chain's value, " + trial.precision, value, "the value", trial.value());
  }

  private static void branchesAreLayer(Trial trial) {
    Tensor sum = trial.place(trial.output, 0);
    List<Layer> branches = trial.layer.branches();
    for (int part = 0; part < branches.size(); part++) {
      Tensor term = branches.get(part).linearize(trial.x, trial.theta.part(part), new Workspace()).output();
      requireShape("branch " + part, term, trial.output, trial.precision);
      PointwiseOps.add(term, sum);
    }
    Comparison.close(trial.contract, "the branches' sum, " + trial.precision, sum, "the value", trial.value());
  }

  private static boolean isAtHand(JacobianStructure structure) {
    return structure.kind() != JacobianStructure.Kind.IMPLICIT;
  }

  private static void structureIsJacobian(Trial trial) {
    JacobianStructure structure = trial.layer.jacobianStructure(trial.x.shape());
    if (isAtHand(structure)) {
      Linearization at = trial.linearize();
      Comparison.close(trial.contract, structure.kind() + " structure's Jacobian, x " + trial.x.shape(),
          said(trial, at, structure.kind()), "the pushes of the identity", pushed(trial, at));
    }
  }

  /// diag(s)·W, W being the identity where the structure is DIAGONAL.
  private static Tensor said(Trial trial, Linearization at, JacobianStructure.Kind kind) {
    int m = trial.output.size();
    int d = trial.x.size();
    Tensor weight = kind == JacobianStructure.Kind.DENSE ? at.weight() : identity(trial, d);
    requireShape("weight", weight, Shape.of(m, d), trial.precision);
    Tensor slope = at.slope();
    if (!slope.isNone()) {
      requireShape("slope", slope, trial.output, trial.precision);
    }
    Tensor jacobian = trial.place(Shape.of(m, d), 0);
    for (int i = 0; i < jacobian.size(); i++) {
      jacobian.set(i, weight.get(i) * (slope.isNone() ? 1 : slope.get(i / d)));
    }
    return jacobian;
  }

  private static void requireShape(String name, Tensor tensor, Shape expected, Precision precision) {
    if (!tensor.shape().equals(expected) || tensor.precision() != precision) {
      throw new AssertionError(name + " is " + tensor.precision() + " " + tensor.shape() + ", expected " + precision
          + " " + expected);
    }
  }

  /// Column j by the push of e_j.
  private static Tensor pushed(Trial trial, Linearization at) {
    int m = trial.output.size();
    int d = trial.x.size();
    Tensor all = identity(trial, d);
    Tensor jacobian = trial.place(Shape.of(m, d), 0);
    for (int column = 0; column < d; column++) {
      Tensor xDot = all.slice(column, 1).reshape(trial.x.shape().prepend(1).toArray());
      Tensor yDot = trial.push(at, xDot, Parameters.none(), 1);
      for (int row = 0; row < m; row++) {
        jacobian.set(row * d + column, yDot.get(row));
      }
    }
    return jacobian;
  }

  private static Tensor identity(Trial trial, int n) {
    Tensor identity = trial.place(Shape.of(n, n), 0);
    for (int i = 0; i < n; i++) {
      identity.set(i * n + i, 1);
    }
    return identity;
  }
}
