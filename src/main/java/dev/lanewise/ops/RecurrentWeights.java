package dev.lanewise.ops;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The weights of one recurrent layer in one direction, transposed for products of few rows: W_ihᵀ, W_hhᵀ, and both
/// biases as a row for each part of a step. The object holds either the weights themselves or a tangent of them.
///
/// Its tensors live in a workspace, and are void once the workspace is reset.
public final class RecurrentWeights {

  RecurrentCell cell;
  int in;
  int hidden;
  Tensor ih;
  Tensor hh;
  /// `[in, gates·hidden]`, columns in the order of a step's parts.
  Tensor ihTransposed;
  /// `[hidden, gates·hidden]`, columns in the order of a step's parts.
  Tensor hhTransposed;
  /// `[parts·hidden]`.
  Tensor bias;

  /// {@return how many numbers these weights take in a workspace}
  public static long numbers(RecurrentCell cell, int in, int hidden) {
    return (long) cell.gates() * hidden * ((long) in + hidden) + (long) cell.parts() * hidden;
  }

  /// Holds no weights until [#on] is called.
  public RecurrentWeights() {}

  /// Takes these weights, in PyTorch's layout.
  ///
  /// @param ih W_ih, `[gates·hidden, in]`
  /// @param hh W_hh, `[gates·hidden, hidden]`
  /// @param biasIh b_ih, `[gates·hidden]`, or [Tensor#none()]
  /// @param biasHh b_hh, `[gates·hidden]`, or [Tensor#none()]
  /// @return this
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public RecurrentWeights on(
      Workspace ws, RecurrentCell cell, Tensor ih, Tensor hh, Tensor biasIh, Tensor biasHh) {
    int in = ih.shape().last();
    int hidden = hh.shape().last();
    int rows = cell.gates() * hidden;
    Precision precision = ih.precision();
    RecurrentOps.requireSize(ih, rows * in, precision, "ih");
    RecurrentOps.requireSize(hh, rows * hidden, precision, "hh");
    if (!biasIh.isNone()) {
      RecurrentOps.requireSize(biasIh, rows, precision, "biasIh");
      RecurrentOps.requireSize(biasHh, rows, precision, "biasHh");
    }
    this.cell = cell;
    this.in = in;
    this.hidden = hidden;
    this.ih = ih;
    this.hh = hh;
    ihTransposed = ws.matrix(precision, in, rows);
    hhTransposed = ws.matrix(precision, hidden, rows);
    bias = ws.matrix(precision, 1, cell.parts() * hidden);
    RecurrentKernels.transpose(cell, in, hidden, ih, ihTransposed, hh, hhTransposed);
    RecurrentKernels.biases(cell, hidden, bias, biasIh, biasHh);
    return this;
  }
}
