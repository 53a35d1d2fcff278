package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.Objects;

/// The operators: values and derivatives of any layer or network y = f(x, θ).
///
/// | operator          | gives                          | cost in multiply-adds, E weights     |
/// |-------------------|--------------------------------|--------------------------------------|
/// | [#linearize]      | y and J as a map, for many uses | E                                    |
/// | [#valueAndJvp]    | y, J_x·ẋ                        | 2·E                                  |
/// | [#valueAndVjp]    | y, J_xᵀ·ȳ, J_θᵀ·ȳ                | 3·E                                  |
/// | [#jacobian]       | J_x, M × D                      | E + the plan's: at most E + D·E, E + M·E |
/// | [#gradient]       | ∇_x f for M = 1                 | 2·E                                  |
///
/// J_x = ∂y/∂x is the matrix of slide equation 5, of the flattened output by the flattened input: D = x.size(), M =
/// y.size(). For one sample, D and M count its features. Second derivatives are in [Hessians].
///
/// An operator without a workspace makes one and returns new tensors. In a loop use the form that takes a [Workspace]
/// and the places for the results. It resets the workspace, holds it for the call and computes in it in every mode,
/// with its executor and its draws in training. Once the kernels are compiled, it allocates nothing from its second
/// call on. All forms check their arguments before they write. θ must have f's own parameters. A result place that
/// overlaps an argument or another place is refused. [PreparedJacobian] plans once for repeated calls. [#jacobian]
/// remembers the last few plans, so a loop of calls plans once too, with any θ.
///
/// Where a unit overflows, its slope may be infinite or NaN. Every mode then gives the same Jacobian. A row that does
/// not depend on the unit is finite; one that does equals that of diag(s_L)·W_L·…·diag(s₁)·W₁, where 0 · ∞ is NaN. Such
/// a point takes D more pushes and M more pulls. Orders may differ only in numbers that overflow within a product of
/// finite Jacobians.
public final class Jacobians {

  /// The default number of directions pushed or pulled at once: enough for the matrix kernels to run at full rate, few
  /// enough that the panels of ordinary layers stay in cache.
  public static final int DEFAULT_CHUNK = 64;

  private Jacobians() {}

  /// {@return f at one point, ready for any number of pushes and pulls}
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static LinearMap linearize(Layer f, Parameters theta, Tensor x) {
    return linearize(f, theta, x, new Workspace());
  }

  /// {@return f at one point, in the caller's workspace, which must not be reset while the map is in use}
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static LinearMap linearize(Layer f, Parameters theta, Tensor x, Workspace ws) {
    Door.requireFit(f, theta, x);
    ws.begin();
    try {
      return new LinearMap(f.linearize(x, theta, ws), f, x);
    } finally {
      ws.end();
    }
  }

  /// {@return y and ẏ = J_x·ẋ, one push}
  ///
  /// @param xDot the direction, of x's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static ValueAndTangent valueAndJvp(Layer f, Parameters theta, Tensor x, Tensor xDot) {
    Door.requireFit(f, theta, x);
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Tensor yDot = Tensor.zeros(x.precision(), y.shape());
    valueAndJvp(f, theta, x, xDot, Parameters.none(), new Workspace(), y, yDot);
    return new ValueAndTangent(y, yDot);
  }

  /// Computes y and ẏ = J_x·ẋ + J_θ·θ̇ into the caller's tensors, by one push.
  ///
  /// @param xDot the direction, of x's shape, or [Tensor#none()] for zero
  /// @param thetaDot the direction of the parameters, or [Parameters#none()] for zero
  /// @param y overwritten with f(x, θ)
  /// @param yDot overwritten with ẏ, of y's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void valueAndJvp(
      Layer f, Parameters theta, Tensor x, Tensor xDot, Parameters thetaDot, Workspace ws, Tensor y, Tensor yDot) {
    Door.requireFit(f, theta, x);
    Door.requireOptional(x, xDot, f, "xDot");
    thetaDot.requireOptional(theta, 1, f, "thetaDot");
    ws.begin();
    try {
      Door.Apart.of(f, ws).argument(x, "x").argument(xDot, "xDot").argument(theta, "theta")
          .argument(thetaDot, "thetaDot").place(y, "y").place(yDot, "yDot");
      Linearization at = linearize(f, theta, x, yDot, "yDot", y, ws);
      at.jvp(panel(ws, xDot), thetaDot, panel(ws, yDot));
      y.copyFrom(at.output());
    } finally {
      ws.end();
    }
  }

  /// {@return y, x̄ = J_xᵀ·ȳ and θ̄ = J_θᵀ·ȳ, one pull}
  ///
  /// @param yBar the cotangent, of y's shape
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static ValueAndCotangents valueAndVjp(Layer f, Parameters theta, Tensor x, Tensor yBar) {
    Door.requireFit(f, theta, x);
    Tensor y = Tensor.zeros(x.precision(), f.outputShape(x.shape()));
    Tensor xBar = Tensor.zeros(x.precision(), x.shape());
    Parameters thetaBar = Parameters.zeros(theta.spec(), x.precision());
    valueAndVjp(f, theta, x, yBar, new Workspace(), y, xBar, thetaBar);
    return new ValueAndCotangents(y, xBar, thetaBar);
  }

  /// Computes y, x̄ = J_xᵀ·ȳ and θ̄ += J_θᵀ·ȳ into the caller's tensors, by one pull.
  ///
  /// @param yBar the cotangent, of y's shape
  /// @param y overwritten with f(x, θ)
  /// @param xBar overwritten, of x's shape, or [Tensor#none()] where not wanted
  /// @param thetaBar added to, or [Parameters#none()] where not wanted
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void valueAndVjp(
      Layer f, Parameters theta, Tensor x, Tensor yBar, Workspace ws, Tensor y, Tensor xBar, Parameters thetaBar) {
    Door.requireFit(f, theta, x);
    Door.requireOptional(x, xBar, f, "xBar");
    thetaBar.requireOptional(theta, 1, f, "thetaBar");
    ws.begin();
    try {
      Door.Apart.of(f, ws).argument(x, "x").argument(yBar, "yBar").argument(theta, "theta")
          .place(y, "y").place(xBar, "xBar").place(thetaBar, "thetaBar");
      Linearization at = linearize(f, theta, x, yBar, "yBar", y, ws);
      at.vjp(panel(ws, yBar), panel(ws, xBar), thetaBar);
      y.copyFrom(at.output());
    } finally {
      ws.end();
    }
  }

  /// f at x, whose output has the shape of `y` and of another tensor.
  static Linearization linearize(
      Layer f, Parameters theta, Tensor x, Tensor other, String name, Tensor y, Workspace ws) {
    Linearization at = f.linearize(x, theta, ws);
    other.require(x.precision(), at.output().shape(), f, name);
    y.require(x.precision(), at.output().shape(), f, "y");
    return at;
  }

  /// A view of a tensor as a panel of one direction, or none.
  static Tensor panel(Workspace ws, Tensor single) {
    return single.isNone() ? single : ws.view(single, 0, 1, single.shape());
  }

  /// {@return J_x, M × D, in the order predicted to be the fastest, [Mode#AUTO]}
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static Tensor jacobian(Layer f, Parameters theta, Tensor x) {
    return jacobian(f, theta, x, Mode.AUTO);
  }

  /// {@return J_x, M × D, in a mode's order, with as many directions at once as fit into
  /// [JacobianOptions#DEFAULT_MEMORY]}
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static Tensor jacobian(Layer f, Parameters theta, Tensor x, Mode mode) {
    return jacobian(f, theta, x, JacobianOptions.defaults().withMode(mode));
  }

  /// {@return J_x, M × D, as `options` say, or only the rows and columns that they name}
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or the memory is too small for one direction
  public static Tensor jacobian(Layer f, Parameters theta, Tensor x, JacobianOptions options) {
    Door.requireFit(f, theta, x);
    Objects.requireNonNull(options, "options");
    PreparedJacobian prepared = RecentPlans.prepared(PublishedParameters.over(f, theta), x.precision(), x.shape(),
        options);
    Shape output = f.outputShape(x.shape());
    Tensor jacobian = prepared.newJacobian();
    prepared.at(x, Tensor.zeros(x.precision(), output), jacobian);
    return jacobian;
  }

  /// {@return J_x, M × D, in chunks of `chunk` directions; 1 is one direction at a time, as the slides define both
  /// modes} FORWARD and REVERSE push and pull identities through every layer.
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or `chunk` is below 1
  public static Tensor jacobian(Layer f, Parameters theta, Tensor x, Mode mode, int chunk) {
    Door.requireFit(f, theta, x);
    Shape output = f.outputShape(x.shape());
    Tensor y = Tensor.zeros(x.precision(), output);
    Tensor jacobian = Tensor.zeros(x.precision(), output.size(), x.size());
    valueAndJacobian(f, theta, x, mode, chunk, new Workspace(), y, jacobian);
    return jacobian;
  }

  /// Computes y and J_x into the caller's tensors. FORWARD and REVERSE push and pull identities through every layer, by
  /// E + D·E and E + M·E multiply-adds. For MIXED and AUTO, the workspace keeps the plan for later calls with the same
  /// f, θ and shapes. The plan is also one of those that [#jacobian] remembers.
  ///
  /// @param chunk how many directions are pushed or pulled at once, at least 1
  /// @param y overwritten with f(x, θ)
  /// @param jacobian overwritten with J_x, `[M, D]`
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or `chunk` is below 1
  public static void valueAndJacobian(
      Layer f, Parameters theta, Tensor x, Mode mode, int chunk, Workspace ws, Tensor y, Tensor jacobian) {
    Door.requireFit(f, theta, x);
    Objects.requireNonNull(mode, "mode");
    Door.requireChunk(f, chunk);
    ws.begin();
    try {
      RecentPlans.OfWorkspace recent = ws.object(RecentPlans.OfWorkspace.class, RecentPlans.OfWorkspace::new);
      if (mode == Mode.MIXED || mode == Mode.AUTO) {
        recent.prepared(f, theta, x, mode, chunk).compute(x, ws, y, jacobian);
      } else {
        seeded(f, theta, x, mode, chunk, ws, y, jacobian);
      }
    } finally {
      ws.end();
    }
  }

  private static void seeded(
      Layer f, Parameters theta, Tensor x, Mode mode, int chunk, Workspace ws, Tensor y, Tensor jacobian) {
    Linearization at = f.linearize(x, theta, ws);
    Shape output = at.output().shape();
    y.require(x.precision(), output, f, "y");
    Door.requireMatrix(f, x, output.size(), x.size(), jacobian, "jacobian");
    Door.requireApart(f, theta, x, y, jacobian, "jacobian");
    SampleJacobians.seed(at, x, mode, chunk, 1, SampleJacobians.all(output.size(), x.size(), ws), ws, jacobian);
    y.copyFrom(at.output());
  }

  /// {@return ∇_x f of a network with one output, in x's shape: one pull}
  ///
  /// @throws IllegalArgumentException if shapes or precisions do not fit, or f has more than one output
  public static Tensor gradient(Layer f, Parameters theta, Tensor x) {
    Door.requireFit(f, theta, x);
    Shape output = f.outputShape(x.shape());
    if (output.size() != 1) {
      throw new IllegalArgumentException(f + ": gradient of " + output.size() + " outputs, expected 1");
    }
    Tensor y = Tensor.zeros(x.precision(), output);
    Tensor gradient = Tensor.zeros(x.precision(), x.shape());
    Tensor one = Tensor.zeros(x.precision(), output);
    one.fill(1);
    valueAndVjp(f, theta, x, one, new Workspace(), y, gradient, Parameters.none());
    return gradient;
  }
}
