package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.GradReport.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// Checks the derivatives of any layer or network at a given θ and x.
///
/// ```java
/// GradCheck.of(network, theta, x).check();
/// System.out.println(GradCheck.of(network, theta, x).withJacobian("forward", jacobian).report());
/// ```
///
/// | law | what must hold | how well |
/// |---|---|---|
/// | `adjoint` | ⟨ȳ, J·(ẋ, θ̇)⟩ = ⟨Jᵀ·ȳ, (ẋ, θ̇)⟩ | 256·u |
/// | `taylor-0` | f(x + εv) − f(x) = O(ε) | rate 0.9 |
/// | `taylor-1` | f(x + εv) − f(x) − ε·J·v = O(ε²) | rate 1.9 |
/// | `taylor-2` | the remainder of φ(ε) = ⟨u + εu̇, f(x + εv)⟩ after the term of ε², by `vjpDot`, is O(ε³) | rate 2.9 |
/// | `hessian-symmetric` | ⟨w, H·v⟩ = ⟨v, H·w⟩, H the Hessian of ⟨u, f⟩, by `vjpDot` | 256·u |
/// | `differences` | J·v is the central difference, Richardson extrapolated | 10⁻⁷ |
/// | `pushes-equal-pulls` | the Jacobian by pushes of the identity equals the Jacobian by pulls | 256·u |
/// | `agreement` | each Jacobian that the caller brings equals the Jacobian by pulls | 256·u of its precision |
///
/// Every law is tried with respect to x, to θ, and to both where that says more. Laws on `vjpDot` apply only where the
/// layer has it. `differences` takes each column of x and of θ where there are at most 64 of them, else 16 random
/// directions; `pushes-equal-pulls` takes θ only up to 1,024 parameters. Steps are ε = 0.01/2^i, i from 0 to 11. A rate
/// is taken over the shortest steps whose remainders are more than roundoff, for 4 directions together; it is infinite
/// where there are no such steps, as for affine functions. Errors are relative to the largest number compared, at least
/// 1 (for `differences` at least 10⁻³, or 10⁻³ of the largest output where that is more).
///
/// Everything is computed in double, because differences in float show nothing; a float θ and x are widened first. At a
/// kink (relu at 0), or within a step of it, differences and rates fail even for a sound layer: move x a little.
/// [LayerContract] tries all laws of a layer at random points; this class tries only the derivative, at one point.
public final class GradCheck {

  /// A Jacobian that the caller brings.
  record Brought(String name, String variable, Tensor jacobian) {}

  /// A law that measures.
  record Question(String law, String statement, Function<GradCheck, List<Measurement>> answer) {}

  private final Layer layer;
  private final Parameters theta;
  private final Tensor x;
  private final long seed;
  private final double tolerance;
  private final List<Brought> brought;

  private GradCheck(Layer layer, Parameters theta, Tensor x, long seed, double tolerance, List<Brought> brought) {
    this.layer = layer;
    this.theta = theta;
    this.x = x;
    this.seed = seed;
    this.tolerance = tolerance;
    this.brought = brought;
  }

  /// {@return the check of `layer` at copies of `theta` and `x`}
  ///
  /// @param theta θ, or [Parameters#none()] for a layer without parameters
  /// @throws IllegalArgumentException if x is none, or does not fit the layer, or θ is another layer's or a chunk of
  ///     directions
  public static GradCheck of(Layer layer, Parameters theta, Tensor x) {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(theta, "theta");
    Objects.requireNonNull(x, "x");
    if (x.isNone()) {
      throw new IllegalArgumentException("GradCheck: " + layer + ": x is none, expected a tensor");
    }
    if (theta.count() > 0 && theta.chunk() != 1) {
      throw new IllegalArgumentException("GradCheck: " + layer + ": theta has " + theta.chunk()
          + " directions, expected 1");
    }
    layer.outputShape(x.shape());
    theta.requireOf(layer, "theta");
    Parameters lifted = Parameters.zeros(layer.parameters(), Precision.DOUBLE); // its parts, of which none has none
    for (int index = 0; index < theta.count(); index++) {
      lifted.get(index).copyFrom(theta.get(index).to(Precision.DOUBLE));
    }
    return new GradCheck(layer, lifted, x.to(Precision.DOUBLE), 1, 1, List.of());
  }

  /// {@return this check with other random directions}
  public GradCheck withSeed(long seed) {
    return new GradCheck(layer, theta, x, seed, tolerance, brought);
  }

  /// {@return this check with all error and roundoff allowances multiplied by `tolerance`}
  ///
  /// @throws IllegalArgumentException if it is not above 0
  public GradCheck withTolerance(double tolerance) {
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("GradCheck: tolerance is " + tolerance + ", expected more than 0");
    }
    return new GradCheck(layer, theta, x, seed, tolerance, brought);
  }

  /// {@return this check with a Jacobian by x from elsewhere, such as one operator's or one mode's, that must be that
  /// of the layer}
  ///
  /// @param name what it is called in reports
  /// @param jacobian `[M, D]`, of the flattened output by the flattened input, in either precision
  /// @throws IllegalArgumentException if it has another shape
  public GradCheck withJacobian(String name, Tensor jacobian) {
    return with(name, "x", jacobian, x.size());
  }

  /// {@return this check with a Jacobian by θ from elsewhere}
  ///
  /// @param name what it is called in reports
  /// @param jacobian `[M, P]`, of the flattened output by the flat parameters, in either precision
  /// @throws IllegalArgumentException if it has another shape
  public GradCheck withParameterJacobian(String name, Tensor jacobian) {
    return with(name, "theta", jacobian, theta.spec().size());
  }

  private GradCheck with(String name, String variable, Tensor jacobian, int columns) {
    Objects.requireNonNull(name, "name");
    int m = layer.outputShape(x.shape()).size();
    if (jacobian.isNone() || !jacobian.shape().is(m, columns)) {
      throw new IllegalArgumentException("GradCheck: " + layer + ": Jacobian " + name + " by " + variable + " is "
          + (jacobian.isNone() ? "none" : jacobian.shape()) + ", expected [" + m + ", " + columns + "]");
    }
    List<Brought> more = new ArrayList<>(brought);
    more.add(new Brought(name, variable, jacobian.copy()));
    return new GradCheck(layer, theta, x, seed, tolerance, List.copyOf(more));
  }

  /// {@return the laws that apply}
  public List<Law> laws() {
    return questions().stream()
        .map(question -> Law.on(layer, question.law(), question.statement(), () -> require(question))).toList();
  }

  private void require(Question question) {
    List<String> broken = question.answer().apply(this).stream()
        .filter(measurement -> !measurement.isKept()).map(Measurement::toString).toList();
    if (!broken.isEmpty()) {
      throw new AssertionError(String.join("; ", broken));
    }
  }

  /// Puts the layer to all laws.
  ///
  /// @throws AssertionError if any is broken; the message has every one that is
  public void check() {
    Law.checkAll(layer, laws());
  }

  /// Measures, and judges nothing.
  ///
  /// @return what was measured, beside what it must be
  public GradReport report() {
    return new GradReport(questions().stream().flatMap(question -> question.answer().apply(this).stream()).toList());
  }

  private List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    AdjointQuestions.addTo(questions, hasSecondDerivative());
    TaylorQuestions.addTo(questions, hasSecondDerivative());
    JacobianQuestions.addTo(questions, !brought.isEmpty());
    return questions;
  }

  /// Whether the layer has `vjpDot`.
  private boolean hasSecondDerivative() {
    return Law.isSupported(() -> {
      GradPoint point = point();
      GradPoint.Direction v = point.along("x");
      Tensor yBar = point.yBar();
      point.pullDot(point.linearize(), v, yBar, yBar.copy());
    });
  }

  /// The point with its own random numbers: each law tries the same, whichever others are tried.
  GradPoint point() {
    return new GradPoint(layer, theta, x, seed);
  }

  List<Brought> brought() {
    return brought;
  }

  double tolerance() {
    return tolerance;
  }

  /// What rounding may do to numbers of size 1 of this precision.
  double roundings(Precision precision) {
    return tolerance * Comparison.ROUNDINGS * precision.unitRoundoff();
  }
}
