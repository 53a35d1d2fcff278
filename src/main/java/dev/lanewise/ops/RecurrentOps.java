package dev.lanewise.ops;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The sweeps of a recurrent layer over its steps, in one direction, on tensors of either precision.
///
/// | operation | formula |
/// |---|---|
/// | [#value] | A = X·W_ihᵀ + b in one product over all steps; then, step by step, A_t += H_(t−1)·W_hhᵀ and the cell |
/// | [#startPush] | Ȧ = Ẋ·W_ihᵀ |
/// | [#addWeights] | Ȧ += X·Ẇ_ihᵀ + H₋·Ẇ_hhᵀ + ḃ, of one direction |
/// | [#push] | step by step, Ȧ_t += Ḣ_(t−1)·W_hhᵀ and the cell's tangent |
/// | [#pull] | from the last step to the first, the cell's cotangent and H̄_(t−1) += Ā_t·W_hh |
/// | [#pullDot] | the same for its derivative, with H̄̇_(t−1) += Ā_t·Ẇ_hh for each direction |
/// | [#inputs] | X̄ = Ā·W_ih; [#addInputs]: X̄̇ += Ā·Ẇ_ih, of one direction |
/// | [#gradients] | W̄_ih += Āᵀ·X, W̄_hh += Āᵀ·H₋; [#gradientsDot]: their derivative |
/// | [#biasGradient] | b̄ += the sum of what [#sumParts] summed |
///
/// Each step is one product for all gates of all samples and directions. X has the rows of the steps, the last step
/// first, as [RecurrentSteps] has. Sums over time go from the last step to the first.
public final class RecurrentOps {

  private RecurrentOps() {}

  /// Runs the steps from the initial state, which `at` holds.
  ///
  /// @param x `[steps·rows, in]`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void value(RecurrentWeights weights, Tensor x, RecurrentSteps at, Workspace ws) {
    require(weights, at);
    requireInputs(weights, x, at);
    RecurrentKernels.inputProduct(weights, at.steps * at.rows, x, weights.bias, at.parts, ws);
    RecurrentKernels.value(weights, at, at.h, ws);
  }

  /// Begins a push: Ȧ = Ẋ·W_ihᵀ.
  ///
  /// @param xDot `[steps·rows, in]`, or [Tensor#none()] for zero
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void startPush(RecurrentWeights weights, Tensor xDot, RecurrentSteps along, Workspace ws) {
    require(weights, along);
    if (xDot.isNone()) {
      SequenceKernels.clear(along.steps * along.rows * along.parts.shape().last(), along.parts, 0);
    } else {
      requireInputs(weights, xDot, along);
      RecurrentKernels.inputProduct(weights, along.steps * along.rows, xDot, Tensor.none(), along.parts, ws);
    }
  }

  /// Adds to Ȧ of one direction what the tangent of the weights gives.
  ///
  /// @param dots the tangent of the weights
  /// @param x the inputs at the point, `[steps·batch, in]`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void addWeights(
      RecurrentWeights dots, Tensor x, RecurrentSteps at, RecurrentSteps along, int direction, Workspace ws) {
    require(dots, at);
    requireInputs(dots, x, at);
    requireDirections(at, along);
    int mark = ws.mark();
    Tensor sum = ws.matrix(x.precision(), at.steps * at.rows, along.parts.shape().last());
    RecurrentKernels.inputProduct(dots, at.steps * at.rows, x, dots.bias, sum, ws);
    RecurrentKernels.stateProduct(dots, at.steps * at.rows, at.h, at.rows * at.hidden, sum, 0, ws);
    SequenceKernels.addRows(at.steps, at.rows * sum.shape().last(), sum, 0, at.rows * sum.shape().last(),
        along.parts, direction * at.rows * sum.shape().last(), along.rows * sum.shape().last());
    ws.release(mark);
  }

  /// Pushes Ȧ, and the tangent of the state before, which is there, through the steps.
  ///
  /// @throws IllegalArgumentException if sizes do not fit
  public static void push(RecurrentWeights weights, RecurrentSteps at, RecurrentSteps along, Workspace ws) {
    require(weights, at);
    requireDirections(at, along);
    RecurrentKernels.push(weights, at, along, at.h, ws);
  }

  /// Pulls h̄, as the output's cotangents give it, and c̄ through the steps. At the state before, h̄ and c̄ are 0 at
  /// first, and then that state's cotangents; where this begins, at the last step, c̄ is what steps after it pulled
  /// back, or 0.
  ///
  /// @throws IllegalArgumentException if sizes do not fit
  public static void pull(RecurrentWeights weights, RecurrentSteps at, RecurrentSteps back, Workspace ws) {
    require(weights, at);
    requireDirections(at, back);
    RecurrentKernels.pull(weights, at, back, at.h, ws);
  }

  /// Differentiates a pull of one cotangent along a push.
  ///
  /// @param along what the push left
  /// @param back what the pull left, of one direction
  /// @param backDot as `back` in [#pull], of the directions of the push
  /// @param dots the tangents of the weights, direction by direction
  /// @param directions how many of these there are: all, or 0 where they are zero
  /// @throws IllegalArgumentException if sizes do not fit
  public static void pullDot(
      RecurrentWeights weights, RecurrentSteps at, RecurrentSteps along, RecurrentSteps back, RecurrentSteps backDot,
      RecurrentWeights[] dots, int directions, Workspace ws) {
    require(weights, at);
    requireDirections(at, along);
    requireDirections(at, back);
    requireDirections(at, backDot);
    if (back.rows != at.rows || backDot.rows != along.rows) {
      throw new IllegalArgumentException("RecurrentOps.pullDot: rows of pull and its derivative are " + back.rows
          + " and " + backDot.rows + ", expected " + at.rows + " and " + along.rows);
    }
    RecurrentKernels.pullDot(weights, at, along, back, backDot, dots, directions, at.h, ws);
  }

  /// X̄ = Ā·W_ih.
  ///
  /// @param xBar `[steps·rows, in]`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void inputs(RecurrentWeights weights, RecurrentSteps back, Tensor xBar, Workspace ws) {
    require(weights, back);
    requireInputs(weights, xBar, back);
    RecurrentKernels.inputs(weights, back.steps * back.rows, back.parts, xBar, ws);
  }

  /// X̄̇ += Ā·Ẇ_ih of one direction.
  ///
  /// @param dots the tangent of the weights
  /// @param back of one direction
  /// @param xBarDot `[steps·k·batch, in]`, which gets it added in the rows of that direction
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void addInputs(
      RecurrentWeights dots, RecurrentSteps back, RecurrentSteps backDot, int direction, Tensor xBarDot, Workspace ws) {
    require(dots, back);
    requireDirections(back, backDot);
    requireInputs(dots, xBarDot, backDot);
    int mark = ws.mark();
    int n = back.rows * dots.in;
    Tensor sum = ws.matrix(xBarDot.precision(), back.steps * back.rows, dots.in);
    RecurrentKernels.inputs(dots, back.steps * back.rows, back.parts, sum, ws);
    SequenceKernels.addRows(back.steps, n, sum, 0, n, xBarDot, direction * n, backDot.rows * dots.in);
    ws.release(mark);
  }

  /// W̄_ih += Āᵀ·X and W̄_hh += Āᵀ·H₋ of one direction of Ā.
  ///
  /// @param x `[steps·batch, in]`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void gradients(
      RecurrentWeights weights, RecurrentSteps at, RecurrentSteps back, int direction, Tensor x,
      Tensor ihBar, Tensor hhBar, Workspace ws) {
    require(weights, back);
    requireDirections(at, back);
    requireInputs(weights, x, at);
    requireGradients(weights, ihBar, hhBar);
    int mark = ws.mark();
    int rows = at.steps * at.rows;
    Tensor parts = back.parts;
    if (back.rows != at.rows) {
      parts = ws.matrix(x.precision(), rows, back.parts.shape().last());
      place(back.parts, 0, direction, back, parts, 0, 1, at);
    }
    RecurrentKernels.gradients(weights, rows, parts, x, ihBar, ws);
    RecurrentKernels.stateGradients(weights, rows, parts, at.h, at.rows * at.hidden, hhBar, ws);
    ws.release(mark);
  }

  /// W̄̇_ih += Ā̇ᵀ·X + Āᵀ·Ẋ and W̄̇_hh += Ā̇ᵀ·H₋ + Āᵀ·Ḣ₋ of one direction, both terms of a step before the next one's.
  ///
  /// @param along what the push left
  /// @param back what the pull left, of one direction
  /// @param backDot what its derivative left
  /// @param x `[steps·batch, in]`
  /// @param xDot `[steps·k·batch, in]`, or [Tensor#none()] for zero
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void gradientsDot(
      RecurrentWeights weights, RecurrentSteps at, RecurrentSteps along, RecurrentSteps back, RecurrentSteps backDot,
      int direction, Tensor x, Tensor xDot, Tensor ihBar, Tensor hhBar, Workspace ws) {
    require(weights, back);
    requireDirections(at, along);
    requireDirections(at, backDot);
    requireInputs(weights, x, at);
    requireGradients(weights, ihBar, hhBar);
    int mark = ws.mark();
    Precision precision = x.precision();
    int rows = 2 * at.steps * at.rows;
    Tensor parts = ws.matrix(precision, rows, back.parts.shape().last());
    Tensor inputs = ws.matrix(precision, rows, weights.in);
    Tensor states = ws.matrix(precision, rows, weights.hidden);
    place(backDot.parts, 0, direction, backDot, parts, 0, 2, at);
    place(back.parts, 0, 0, back, parts, 1, 2, at);
    if (xDot.isNone()) {
      SequenceKernels.clear(rows * weights.in, inputs, 0);
    } else {
      requireInputs(weights, xDot, along);
      place(xDot, 0, direction, along, inputs, 1, 2, at);
    }
    place(x, 0, 0, at, inputs, 0, 2, at);
    place(at.h, 1, 0, at, states, 0, 2, at);
    place(along.h, 1, direction, along, states, 1, 2, at);
    RecurrentKernels.gradients(weights, rows, parts, inputs, ihBar, ws);
    RecurrentKernels.stateGradients(weights, rows, parts, states, 0, hhBar, ws);
    ws.release(mark);
  }

  /// One direction of a panel of steps, from step `from` on, becomes the rows of number `turn` among `turns` of each
  /// step of a piece.
  private static void place(
      Tensor panel, int from, int direction, RecurrentSteps of, Tensor piece, int turn, int turns, RecurrentSteps at) {
    int n = piece.shape().last();
    SequenceKernels.copyRows(at.steps, at.rows * n, panel, (from * of.rows + direction * at.rows) * n, of.rows * n,
        piece, turn * at.rows * n, turns * at.rows * n);
  }

  /// sums += Ā's rows, direction by direction.
  ///
  /// @param sums `[k, parts·hidden]`
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void sumParts(RecurrentSteps back, int batch, Tensor sums) {
    int columns = back.parts.shape().last();
    requireSize(sums, sums.shape().rows() * columns, back.parts.precision(), "sums");
    RecurrentKernels.sumParts(back.steps, back.rows, batch, columns, back.parts, sums);
  }

  /// b̄_ih and b̄_hh += the sums of Ā's rows of one direction.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void biasGradient(RecurrentWeights weights, Tensor sums, int direction, Tensor ihBar, Tensor hhBar) {
    int rows = weights.cell.gates() * weights.hidden;
    requireSize(ihBar, rows, sums.precision(), "ihBar");
    requireSize(hhBar, rows, sums.precision(), "hhBar");
    RecurrentKernels.biasGradient(weights.cell, weights.hidden, sums,
        direction * weights.cell.parts() * weights.hidden, ihBar, hhBar);
  }

  private static void require(RecurrentWeights weights, RecurrentSteps steps) {
    if (weights.cell != steps.cell || weights.hidden != steps.hidden || weights.ih.precision() != steps.h.precision()) {
      throw new IllegalArgumentException("RecurrentOps: steps are " + steps.h.precision() + " of " + steps.hidden
          + " units of " + steps.cell + ", expected " + weights.ih.precision() + " of " + weights.hidden + " of "
          + weights.cell);
    }
  }

  private static void requireDirections(RecurrentSteps at, RecurrentSteps along) {
    if (along.steps != at.steps || at.rows != 0 && along.rows % at.rows != 0
        || along.h.precision() != at.h.precision()) {
      throw new IllegalArgumentException("RecurrentOps: " + along.steps + " steps of " + along.rows + " rows, expected "
          + at.steps + " of a multiple of " + at.rows);
    }
  }

  private static void requireGradients(RecurrentWeights weights, Tensor ihBar, Tensor hhBar) {
    requireSize(ihBar, weights.ih.size(), weights.ih.precision(), "ihBar");
    requireSize(hhBar, weights.hh.size(), weights.ih.precision(), "hhBar");
  }

  private static void requireInputs(RecurrentWeights weights, Tensor x, RecurrentSteps steps) {
    if (x.isNone() || x.precision() != steps.h.precision() || x.size() < (long) steps.steps * steps.rows * weights.in) {
      throw new IllegalArgumentException("RecurrentOps: inputs are " + x.describe() + ", expected "
          + steps.h.precision() + " of " + steps.steps * steps.rows + " rows of " + weights.in);
    }
  }

  static void requireSize(Tensor tensor, int size, Precision precision, String name) {
    if (tensor.isNone() || tensor.size() != size || tensor.precision() != precision) {
      throw new IllegalArgumentException("RecurrentOps: " + name + " is " + tensor.describe() + ", expected "
          + precision + " of " + size + " elements");
    }
  }
}
