package dev.lanewise;

/// A layer at one point: its output, and its derivative as a linear map that can be applied from both sides.
///
/// With J_x = ∂y/∂x and J_θ = ∂y/∂θ at the point,
///
/// | operation | formula | shapes |
/// |---|---|---|
/// | [#jvp] | ẏ = J_x·ẋ + J_θ·θ̇ | ẋ `[chunk, …x]`, θ̇ of chunk directions, ẏ `[chunk, …y]` |
/// | [#vjp] | x̄ = J_xᵀ·ȳ, θ̄ ← θ̄ + J_θᵀ·ȳ | ȳ `[chunk, …y]`, x̄ `[chunk, …x]`, θ̄ of chunk directions |
///
/// Operands that do not fit are refused before anything is written: [#requirePush], [#requirePull] and
/// [#requirePullDot] do that for any layer. A linearization is for one thread at a time, and valid until its workspace
/// is reset. Slides, equations [9] and [11]; the adjoint identity ⟨ȳ, J·ẋ⟩ = ⟨Jᵀ·ȳ, ẋ⟩ ties both together.
///
/// [9]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-9
/// [11]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-11
public interface Linearization {

  /// {@return y = f(x, θ)}
  Tensor output();

  /// Pushes `chunk` tangents forward: overwrites `yDot` with J_x·ẋ + J_θ·θ̇.
  ///
  /// @param xDot tangents of the input, `[chunk, …x]`, or [Tensor#none()] for zero
  /// @param thetaDot tangents of the parameters, `chunk` directions, or [Parameters#none()] for zero
  /// @param yDot the place for the result, `[chunk, …y]`; must not overlap the others
  /// @throws IllegalArgumentException if shape or precision do not fit
  void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot);

  /// Pulls `chunk` cotangents back: overwrites `xBar` with J_xᵀ·ȳ and adds J_θᵀ·ȳ to `thetaBar`.
  ///
  /// @param yBar cotangents of the output, `[chunk, …y]`; not changed
  /// @param xBar the place for the input's cotangents, `[chunk, …x]`, or [Tensor#none()] if not wanted
  /// @param thetaBar the sums that the parameters' cotangents are added to, `chunk` directions, or [Parameters#none()]
  ///     where not wanted
  /// @throws IllegalArgumentException if shape or precision do not fit
  void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar);

  /// Differentiates the pull of one cotangent along `chunk` pushes (forward over reverse): with g(x, θ, ȳ) = J_xᵀ·ȳ and
  /// h(x, θ, ȳ) = J_θᵀ·ȳ overwrites `xBarDot` with g's derivative in the direction (ẋ, θ̇, ȳ̇),
  /// J_xᵀ·ȳ̇ + Σ_c ȳ_c·∂²y_c/∂x∂(x, θ)·(ẋ, θ̇), and adds h's derivative in that direction to `thetaBarDot`.
  ///
  /// @param xDot tangents of the input, `[chunk, …x]`, or [Tensor#none()] for zero
  /// @param thetaDot tangents of the parameters, `chunk` directions, or [Parameters#none()] for zero
  /// @param yBar the cotangent, `[1, …y]`; not changed
  /// @param yBarDot tangents of the cotangent, `[chunk, …y]`; not changed
  /// @param xBarDot the place for the result, `[chunk, …x]`, or [Tensor#none()] where not wanted
  /// @param thetaBarDot the sums that h's derivative is added to, `chunk` directions, or [Parameters#none()] where not
  ///     wanted
  /// @throws IllegalArgumentException if shape or precision do not fit
  /// @throws UnsupportedOperationException if the layer has no second derivative
  default void vjpDot(
      Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    throw new UnsupportedOperationException(getClass().getName()
        + ": has no second derivative, expected it to override vjpDot");
  }

  /// Checks the operands of [#jvp], before anything is written.
  ///
  /// @param layer the caller, named first in the message; its `toString` is called only on failure
  /// @param x the shape of the input
  /// @param theta θ here, or [Parameters#none()] for a layer without parameters
  /// @param y the output
  /// @return the chunk
  /// @throws IllegalArgumentException if shape or precision do not fit
  static int requirePush(
      Object layer, Shape x, Parameters theta, Tensor y, Tensor xDot, Parameters thetaDot, Tensor yDot) {
    int chunk = yDot.requireChunk(y.precision(), y.shape(), layer, "yDot");
    requireOptional(xDot, y.precision(), chunk, x, layer, "xDot");
    thetaDot.requireOptional(theta, chunk, layer, "thetaDot");
    return chunk;
  }

  /// Checks the operands of [#vjp], before anything is written. The first four arguments are as in [#requirePush].
  ///
  /// @return the chunk
  /// @throws IllegalArgumentException if shape or precision do not fit
  static int requirePull(
      Object layer, Shape x, Parameters theta, Tensor y, Tensor yBar, Tensor xBar, Parameters thetaBar) {
    int chunk = yBar.requireChunk(y.precision(), y.shape(), layer, "yBar");
    requireOptional(xBar, y.precision(), chunk, x, layer, "xBar");
    thetaBar.requireOptional(theta, chunk, layer, "thetaBar");
    return chunk;
  }

  /// Checks the operands of [#vjpDot], before anything is written. The first four arguments are as in [#requirePush].
  ///
  /// @return the chunk
  /// @throws IllegalArgumentException if shape or precision do not fit
  static int requirePullDot(
      Object layer, Shape x, Parameters theta, Tensor y, Tensor xDot, Parameters thetaDot,
      Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
    int chunk = yBarDot.requireChunk(y.precision(), y.shape(), layer, "yBarDot");
    yBar.require(y.precision(), 1, y.shape(), layer, "yBar");
    requireOptional(xDot, y.precision(), chunk, x, layer, "xDot");
    requireOptional(xBarDot, y.precision(), chunk, x, layer, "xBarDot");
    thetaDot.requireOptional(theta, chunk, layer, "thetaDot");
    thetaBarDot.requireOptional(theta, chunk, layer, "thetaBarDot");
    return chunk;
  }

  private static void requireOptional(
      Tensor panel, Precision precision, int chunk, Shape rest, Object layer, String name) {
    if (!panel.isNone()) {
      panel.require(precision, chunk, rest, layer, name);
    }
  }

  /// {@return W, `[n_out, n_in]`, where the layer's [JacobianStructure] is DENSE: J = diag(s)·W} Not to be changed.
  ///
  /// @throws UnsupportedOperationException if the structure is not DENSE
  default Tensor weight() {
    throw new UnsupportedOperationException(getClass().getName()
        + ": has no Jacobian at hand, expected a DENSE structure");
  }

  /// {@return s, of y's shape, where the layer's [JacobianStructure] is DENSE or DIAGONAL, or [Tensor#none()] where all
  /// of it is 1} It may live in the workspace, like a tensor that is requested by this call. Not to be changed.
  ///
  /// @throws UnsupportedOperationException if the structure is neither DENSE nor DIAGONAL
  default Tensor slope() {
    throw new UnsupportedOperationException(getClass().getName()
        + ": has no slope, expected a DENSE or DIAGONAL structure");
  }
}
