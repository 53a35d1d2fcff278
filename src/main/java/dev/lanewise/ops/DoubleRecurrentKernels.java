package dev.lanewise.ops;

import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.gemm.ScratchKey;
import dev.lanewise.kernel.recurrent.DoubleGru;
import dev.lanewise.kernel.recurrent.DoubleLstm;
import dev.lanewise.kernel.recurrent.DoubleRnn;
import java.util.Arrays;

/// Recurrent steps on tensors of doubles, for [RecurrentOps] after its checks.
///
/// `FloatRecurrentKernels` is derived from this source, and `RecurrentKernels` chooses between both. Products are
/// summed in the order of the terms, whatever the number of rows: the weights are transposed for that.
final class DoubleRecurrentKernels {

  private DoubleRecurrentKernels() {}

  /// W_ihᵀ and W_hhᵀ, W_ih's columns in the order of a step's parts: of a GRU, n before r and z.
  static void transpose(
      RecurrentCell cell, int in, int hidden, Tensor ih, Tensor ihTransposed, Tensor hh, Tensor hhTransposed) {
    int columns = cell.gates() * hidden;
    int tail = cell.firstOfState() * hidden;
    DoubleKernels.BEST.transpose(columns - tail, in, ih.doubles(), ih.offset(), in,
        ihTransposed.doubles(), ihTransposed.offset() + tail, columns);
    if (tail > 0) {
      DoubleKernels.BEST.transpose(tail, in, ih.doubles(), ih.offset() + (columns - tail) * in, in,
          ihTransposed.doubles(), ihTransposed.offset(), columns);
    }
    DoubleKernels.BEST.transpose(columns, hidden, hh.doubles(), hh.offset(), hidden,
        hhTransposed.doubles(), hhTransposed.offset(), columns);
  }

  /// The biases' contribution to each part of a step.
  static void biases(RecurrentCell cell, int hidden, Tensor sum, Tensor ih, Tensor hh) {
    double[] to = sum.doubles();
    Arrays.fill(to, sum.offset(), sum.offset() + sum.size(), 0);
    if (ih.isNone()) {
      return;
    }
    int gates = cell.gates() * hidden;
    int tail = cell.firstOfState() * hidden;
    DoubleKernels.BEST.add(gates - tail, ih.doubles(), ih.offset(), to, sum.offset() + tail);
    DoubleKernels.BEST.add(tail, ih.doubles(), ih.offset() + gates - tail, to, sum.offset());
    DoubleKernels.BEST.add(gates, hh.doubles(), hh.offset(), to, sum.offset() + tail);
  }

  /// A = X·W_ihᵀ + 1·bᵀ; parts that do not depend on x become the bias.
  static void inputProduct(RecurrentWeights weights, int rows, Tensor x, Tensor bias, Tensor a, Workspace ws) {
    int columns = weights.cell.gates() * weights.hidden;
    int width = weights.cell.parts() * weights.hidden;
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleKernels.BEST.gemm(rows, columns, weights.in, x.doubles(), x.offset(), weights.in, 1,
        weights.ihTransposed.doubles(), weights.ihTransposed.offset(), columns, 1, a.doubles(), a.offset(), width,
        false, bias.isNone() ? scratch.fusion.none()
            : scratch.fusion.activate(Nonlinearity.IDENTITY, bias.doubles(), bias.offset(), null, 0), scratch);
    for (int row = 0; row < rows && columns < width; row++) {
      int at = a.offset() + row * width + columns;
      if (bias.isNone()) {
        Arrays.fill(a.doubles(), at, at + width - columns, 0);
      } else {
        System.arraycopy(bias.doubles(), bias.offset() + columns, a.doubles(), at, width - columns);
      }
    }
  }

  /// A += H·W_hhᵀ, from a row of each on.
  static void stateProduct(RecurrentWeights weights, int rows, Tensor h, int ht, Tensor a, int at, Workspace ws) {
    int hidden = weights.hidden;
    int columns = weights.cell.gates() * hidden;
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleKernels.BEST.gemm(rows, columns, hidden, h.doubles(), h.offset() + ht, hidden, 1,
        weights.hhTransposed.doubles(), weights.hhTransposed.offset(), columns, 1,
        a.doubles(), a.offset() + at + weights.cell.firstOfState() * hidden, weights.cell.parts() * hidden, true,
        scratch.fusion.none(), scratch);
  }

  /// H̄ += Ā·W_hh, from a row of each on.
  private static void stateCotangents(RecurrentWeights weights, int rows, Tensor a, int at, Tensor h, int ht,
      Workspace ws) {
    int hidden = weights.hidden;
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleKernels.BEST.gemm(rows, hidden, weights.cell.gates() * hidden,
        a.doubles(), a.offset() + at + weights.cell.firstOfState() * hidden, weights.cell.parts() * hidden, 1,
        weights.hh.doubles(), weights.hh.offset(), hidden, 1, h.doubles(), h.offset() + ht, hidden, true,
        scratch.fusion.none(), scratch);
  }

  /// From the first step, which is the last in memory, to the last.
  static void value(RecurrentWeights weights, RecurrentSteps at, Tensor like, Workspace ws) {
    int n = weights.hidden;
    int rows = at.rows;
    double[] a = at.parts.doubles();
    double[] h = at.h.doubles();
    for (int step = at.steps - 1; step >= 0; step--) {
      int here = step * rows * n;
      int before = here + rows * n;
      int parts = here * weights.cell.parts();
      stateProduct(weights, rows, at.h, before, at.parts, parts, ws);
      switch (weights.cell) {
        case TANH -> DoubleRnn.value(Nonlinearity.TANH, rows * n, a, at.parts.offset() + parts, h,
            at.h.offset() + here);
        case RELU -> DoubleRnn.value(Nonlinearity.RELU, rows * n, a, at.parts.offset() + parts, h,
            at.h.offset() + here);
        case GRU -> DoubleGru.value(
            rows, n, a, at.parts.offset() + parts, h, at.h.offset() + before, h, at.h.offset() + here);
        case LSTM -> DoubleLstm.value(rows, n, a, at.parts.offset() + parts, at.c.doubles(), at.c.offset() + before,
            at.c.doubles(), at.c.offset() + here, at.tanh.doubles(), at.tanh.offset() + here, h, at.h.offset() + here);
      }
    }
  }

  static void push(RecurrentWeights weights, RecurrentSteps at, RecurrentSteps along, Tensor like, Workspace ws) {
    int n = weights.hidden;
    int rows = along.rows;
    double[] dots = along.parts.doubles();
    double[] hDot = along.h.doubles();
    for (int step = at.steps - 1; step >= 0; step--) {
      int kept = step * at.rows * n;
      int keptBefore = kept + at.rows * n;
      int here = step * rows * n;
      int before = here + rows * n;
      int parts = here * weights.cell.parts();
      stateProduct(weights, rows, along.h, before, along.parts, parts, ws);
      switch (weights.cell) {
        case TANH, RELU -> DoubleRnn.scale(phi(weights.cell), rows * n, at.rows * n,
            at.h.doubles(), at.h.offset() + kept, dots, along.parts.offset() + parts, hDot, along.h.offset() + here);
        case GRU -> DoubleGru.push(rows, at.rows, n, at.parts.doubles(), at.parts.offset() + kept * 4,
            at.h.doubles(), at.h.offset() + keptBefore, dots, along.parts.offset() + parts,
            hDot, along.h.offset() + before, hDot, along.h.offset() + here);
        case LSTM -> DoubleLstm.push(rows, at.rows, n, at.parts.doubles(), at.parts.offset() + kept * 4,
            at.c.doubles(), at.c.offset() + keptBefore, at.tanh.doubles(), at.tanh.offset() + kept,
            dots, along.parts.offset() + parts, along.c.doubles(), along.c.offset() + before,
            along.c.doubles(), along.c.offset() + here, hDot, along.h.offset() + here);
      }
    }
  }

  static void pull(RecurrentWeights weights, RecurrentSteps at, RecurrentSteps back, Tensor like, Workspace ws) {
    int n = weights.hidden;
    int rows = back.rows;
    double[] bars = back.parts.doubles();
    double[] hBar = back.h.doubles();
    for (int step = 0; step < at.steps; step++) {
      int kept = step * at.rows * n;
      int keptBefore = kept + at.rows * n;
      int here = step * rows * n;
      int before = here + rows * n;
      int parts = here * weights.cell.parts();
      switch (weights.cell) {
        case TANH, RELU -> DoubleRnn.scale(phi(weights.cell), rows * n, at.rows * n,
            at.h.doubles(), at.h.offset() + kept, hBar, back.h.offset() + here, bars, back.parts.offset() + parts);
        case GRU -> DoubleGru.pull(rows, at.rows, n, at.parts.doubles(), at.parts.offset() + kept * 4,
            at.h.doubles(), at.h.offset() + keptBefore, hBar, back.h.offset() + here,
            bars, back.parts.offset() + parts, hBar, back.h.offset() + before);
        case LSTM -> DoubleLstm.pull(rows, at.rows, n, at.parts.doubles(), at.parts.offset() + kept * 4,
            at.c.doubles(), at.c.offset() + keptBefore, at.tanh.doubles(), at.tanh.offset() + kept,
            hBar, back.h.offset() + here, back.c.doubles(), back.c.offset() + here,
            bars, back.parts.offset() + parts, back.c.doubles(), back.c.offset() + before);
      }
      stateCotangents(weights, rows, back.parts, parts, back.h, before, ws);
    }
  }

  static void pullDot(
      RecurrentWeights weights, RecurrentSteps at, RecurrentSteps along, RecurrentSteps back, RecurrentSteps backDot,
      RecurrentWeights[] dots, int directions, Tensor like, Workspace ws) {
    int n = weights.hidden;
    int rows = along.rows;
    double[] bars = backDot.parts.doubles();
    double[] hBarDot = backDot.h.doubles();
    for (int step = 0; step < at.steps; step++) {
      int kept = step * at.rows * n;
      int keptBefore = kept + at.rows * n;
      int here = step * rows * n;
      int before = here + rows * n;
      int parts = here * weights.cell.parts();
      switch (weights.cell) {
        case TANH, RELU -> DoubleRnn.pullDot(phi(weights.cell), rows * n, at.rows * n,
            at.h.doubles(), at.h.offset() + kept, along.h.doubles(), along.h.offset() + here,
            back.h.doubles(), back.h.offset() + kept, hBarDot, backDot.h.offset() + here,
            bars, backDot.parts.offset() + parts);
        case GRU -> DoubleGru.pullDot(rows, at.rows, n, at.parts.doubles(), at.parts.offset() + kept * 4,
            at.h.doubles(), at.h.offset() + keptBefore, along.parts.doubles(), along.parts.offset() + parts,
            along.h.doubles(), along.h.offset() + before, back.h.doubles(), back.h.offset() + kept,
            hBarDot, backDot.h.offset() + here, bars, backDot.parts.offset() + parts, hBarDot,
            backDot.h.offset() + before);
        case LSTM -> DoubleLstm.pullDot(rows, at.rows, n, at.parts.doubles(), at.parts.offset() + kept * 4,
            at.c.doubles(), at.c.offset() + keptBefore, at.tanh.doubles(), at.tanh.offset() + kept,
            along.parts.doubles(), along.parts.offset() + parts, along.c.doubles(), along.c.offset() + before,
            along.c.doubles(), along.c.offset() + here, back.h.doubles(), back.h.offset() + kept,
            back.c.doubles(), back.c.offset() + kept, hBarDot, backDot.h.offset() + here,
            backDot.c.doubles(), backDot.c.offset() + here, bars, backDot.parts.offset() + parts,
            backDot.c.doubles(), backDot.c.offset() + before);
      }
      stateCotangents(weights, rows, backDot.parts, parts, backDot.h, before, ws);
      for (int direction = 0; direction < directions; direction++) {
        stateCotangents(dots[direction], at.rows, back.parts, kept * weights.cell.parts(),
            backDot.h, before + direction * at.rows * n, ws);
      }
    }
  }

  private static Nonlinearity phi(RecurrentCell cell) {
    return cell == RecurrentCell.TANH ? Nonlinearity.TANH : Nonlinearity.RELU;
  }

  /// X̄ = Ā·W_ih; for a GRU, first the rows of W_ih for r and z, then those for n.
  static void inputs(RecurrentWeights weights, int rows, Tensor a, Tensor x, Workspace ws) {
    int in = weights.in;
    int width = weights.cell.parts() * weights.hidden;
    int columns = weights.cell.gates() * weights.hidden;
    int tail = weights.cell.firstOfState() * weights.hidden;
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleKernels.BEST.gemm(rows, in, columns - tail, a.doubles(), a.offset() + tail, width, 1,
        weights.ih.doubles(), weights.ih.offset(), in, 1, x.doubles(), x.offset(), in, false, scratch.fusion.none(),
        scratch);
    if (tail > 0) {
      DoubleKernels.BEST.gemm(rows, in, tail, a.doubles(), a.offset(), width, 1, weights.ih.doubles(),
          weights.ih.offset() + (columns - tail) * in, in, 1, x.doubles(), x.offset(), in, true, scratch.fusion.none(),
          scratch);
    }
  }

  /// W̄_ih += Āᵀ·X.
  static void gradients(RecurrentWeights weights, int rows, Tensor a, Tensor x, Tensor ihBar, Workspace ws) {
    int in = weights.in;
    int width = weights.cell.parts() * weights.hidden;
    int columns = weights.cell.gates() * weights.hidden;
    int tail = weights.cell.firstOfState() * weights.hidden;
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleKernels.BEST.gemm(columns - tail, in, rows, a.doubles(), a.offset() + tail, 1, width,
        x.doubles(), x.offset(), in, 1, ihBar.doubles(), ihBar.offset(), in, true, scratch.fusion.none(), scratch);
    if (tail > 0) {
      DoubleKernels.BEST.gemm(tail, in, rows, a.doubles(), a.offset(), 1, width, x.doubles(), x.offset(), in, 1,
          ihBar.doubles(), ihBar.offset() + (columns - tail) * in, in, true, scratch.fusion.none(), scratch);
    }
  }

  /// W̄_hh += Āᵀ·H₋, with H₋ from a place of `h` on.
  static void stateGradients(RecurrentWeights weights, int rows, Tensor a, Tensor h, int ht, Tensor hhBar,
      Workspace ws) {
    int hidden = weights.hidden;
    DoubleScratch scratch = ScratchKey.doubles(ws);
    DoubleKernels.BEST.gemm(weights.cell.gates() * hidden, hidden, rows,
        a.doubles(), a.offset() + weights.cell.firstOfState() * hidden, 1, weights.cell.parts() * hidden,
        h.doubles(), h.offset() + ht, hidden, 1, hhBar.doubles(), hhBar.offset(), hidden, true, scratch.fusion.none(),
        scratch);
  }

  /// Row by row, from the last step to the first.
  static void sumParts(int steps, int rows, int batch, int columns, Tensor a, Tensor sums) {
    for (int row = 0; row < steps * rows; row++) {
      DoubleKernels.BEST.add(columns, a.doubles(), a.offset() + row * columns,
          sums.doubles(), sums.offset() + row % rows / batch * columns);
    }
  }

  static void biasGradient(RecurrentCell cell, int hidden, Tensor sums, int at, Tensor ihBar, Tensor hhBar) {
    int gates = cell.gates() * hidden;
    int tail = cell.firstOfState() * hidden;
    double[] from = sums.doubles();
    int first = sums.offset() + at;
    DoubleKernels.BEST.add(gates - tail, from, first + tail, ihBar.doubles(), ihBar.offset());
    DoubleKernels.BEST.add(tail, from, first, ihBar.doubles(), ihBar.offset() + gates - tail);
    DoubleKernels.BEST.add(gates, from, first + tail, hhBar.doubles(), hhBar.offset());
  }
}
