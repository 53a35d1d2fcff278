package dev.lanewise.kernel.window;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.elementwise.Nonlinearity;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.math.DoubleSums;
import java.util.Arrays;

/// One thread's work for a [DoubleConvolution]: one unit after another, in its own memory.
final class DoubleConvolutionUnit {

  private final DoublePatches patches = new DoublePatches();
  /// Null until vectors compute.
  private DoubleVectorCorrelation vectors;
  private boolean onVectors;
  private double[] product = {};
  private double[] sloped = {};
  private double[] phasePixels = {};
  private double[] row = {};
  private double[] transposed = {};

  /// Computes the value at the positions of some images, or at some rows of them.
  void value(DoubleConvolution all, int part, DoubleScratch scratch) {
    computeAs(all);
    ConvolutionShape shape = all.shape;
    int first = part / all.rowParts * all.together;
    int images = Math.min(all.together, all.images - first);
    int fromRow = row(part % all.rowParts, all.rowParts, shape.rows);
    int rows = row(part % all.rowParts + 1, all.rowParts, shape.rows) - fromRow;
    int whole = shape.outputs * shape.positions();
    for (int group = 0; group < shape.groups; group++) {
      int outputs = shape.outputsOfGroup();
      int from = all.xt + (first * shape.channels + group * shape.channelsOfGroup()) * shape.pixels();
      patches.set(shape.value, true, images, all.x, from, shape.channels * shape.pixels(), 0, shape.channelsOfGroup());
      patches.only(fromRow, rows);
      int to = all.yt + first * whole + group * outputs * shape.positions() + fromRow * shape.columns;
      times(outputs, all.w, all.wt + group * outputs * shape.depth(), all.y, to, shape.positions(), whole, all.add,
          scratch);
    }
    for (int image = first; image < first + images; image++) {
      epilogue(all, image, fromRow * shape.columns, rows * shape.columns);
    }
  }

  private void computeAs(DoubleConvolution all) {
    onVectors = all.onVectors;
    if (onVectors && vectors == null) {
      vectors = new DoubleVectorCorrelation();
    }
  }

  private static int row(int part, int parts, int rows) {
    return (int) ((long) rows * part / parts);
  }

  /// C = or += A·P, each row of an image's positions at `c[ct + i·cs]`, the next image's `ci` further on.
  private void times(
      int m, double[] a, int at, double[] c, int ct, int cs, int ci, boolean add, DoubleScratch scratch) {
    if (patches.images == 1) {
      times(m, a, at, c, ct, cs, add, scratch);
      return;
    }
    int positions = patches.positions();
    int columns = patches.columns();
    product = room(product, m * columns);
    for (int i = 0; add && i < m; i++) {
      for (int image = 0; image < patches.images; image++) {
        System.arraycopy(c, ct + image * ci + i * cs, product, i * columns + image * positions, positions);
      }
    }
    times(m, a, at, product, 0, columns, add, scratch);
    for (int i = 0; i < m; i++) {
      for (int image = 0; image < patches.images; image++) {
        System.arraycopy(product, i * columns + image * positions, c, ct + image * ci + i * cs, positions);
      }
    }
  }

  private void times(int m, double[] a, int at, double[] c, int ct, int cs, boolean add, DoubleScratch scratch) {
    if (patches.at.depth() == 0) {
      for (int i = 0; !add && i < m; i++) {
        Arrays.fill(c, ct + i * cs, ct + i * cs + patches.columns(), 0.0);
      }
    } else if (onVectors) {
      vectors.times(m, a, at, patches.at.depth(), patches, c, ct, cs, add, scratch);
    } else {
      DoublePortableCorrelation.times(m, a, at, patches.at.depth(), patches, c, ct, cs, add);
    }
  }

  private static double[] room(double[] room, int size) {
    return room.length >= size ? room : new double[size];
  }

  /// Applies the fused stage to `n` positions of an image from `from` on, channel by channel, while they are in L1.
  private static void epilogue(DoubleConvolution all, int image, int from, int n) {
    int positions = all.shape.positions();
    int channels = all.shape.outputs;
    for (int channel = 0; channel < channels; channel++) {
      int at = channel * positions + from;
      if (all.bias != null) {
        shift(n, all.bias[all.biasAt + channel], all.y, all.yt + image * channels * positions + at);
      }
      activate(all, image, at, n);
    }
  }

  private static void shift(int n, double by, double[] y, int yt) {
    for (int i = yt; i < yt + n; i++) {
      y[i] += by;
    }
  }

  private static void activate(DoubleConvolution all, int image, int from, int n) {
    int whole = all.shape.outputs * all.shape.positions();
    int y = all.yt + image * whole + from;
    if (all.residual != null) {
      int residual = all.residualAt + image % all.period * whole + from;
      DoubleKernels.BEST.scaleBySlope(all.phi, n, all.residual, residual, all.y, y, all.y, y);
    } else if (all.slope != null) {
      int slope = all.slopeAt + image * whole + from;
      DoubleKernels.BEST.activateKeepingSlope(all.phi, n, all.y, y, all.y, y, all.slope, slope);
    } else if (all.phi != Nonlinearity.IDENTITY) {
      DoubleKernels.BEST.activate(all.phi, n, all.y, y, all.y, y);
    }
  }

  /// Computes the pull to some images, or to some rows of one.
  void pull(DoubleConvolution all, int part, double[] transposed, DoubleScratch scratch) {
    computeAs(all);
    ConvolutionShape shape = all.shape;
    int first = part / all.rowParts * all.together;
    int images = Math.min(all.together, all.images - first);
    int whole = shape.outputs * shape.positions();
    double[] z = sloped(all, first, images, whole);
    int zt = z == all.y ? all.yt + first * whole : 0;
    int weights = 0;
    for (int group = 0; group < shape.groups; group++) {
      for (int phase = 0; phase < shape.phases.length; phase++) {
        Correlation at = shape.phases[phase];
        if (phase == 0) {
          patches.set(at, shape.phases.length == 1, images, z, zt + group * shape.outputsOfGroup() * shape.positions(),
              whole, 0, shape.outputsOfGroup());
        }
        patches.phase(at);
        int fromRow = row(part % all.rowParts, all.rowParts, at.rows);
        patches.only(fromRow, row(part % all.rowParts + 1, all.rowParts, at.rows) - fromRow);
        pullPhase(all, first, group, phase, transposed, weights, scratch);
        weights += shape.channelsOfGroup() * at.depth();
      }
    }
  }

  /// φ′ ⊙ Ȳ of some images, or Ȳ itself where φ′ is 1.
  private double[] sloped(DoubleConvolution all, int first, int images, int whole) {
    if (all.residual == null || all.phi == Nonlinearity.IDENTITY) {
      return all.y;
    }
    sloped = room(sloped, images * whole);
    for (int image = 0; image < images; image++) {
      int residual = all.residualAt + (first + image) % all.period * whole;
      DoubleKernels.BEST.scaleBySlope(
          all.phi, whole, all.residual, residual, all.y, all.yt + (first + image) * whole, sloped, image * whole);
    }
    return sloped;
  }

  /// Computes the pixels of one phase: contiguous ones in place, others as a separate product that is then spread.
  private void pullPhase(
      DoubleConvolution all, int first, int group, int phase, double[] transposed, int weights, DoubleScratch scratch) {
    ConvolutionShape shape = all.shape;
    int channels = shape.channelsOfGroup();
    int whole = shape.channels * shape.pixels();
    int row = phase / shape.strideWidth + patches.fromRow * shape.strideHeight;
    int to = all.xt + first * whole + group * channels * shape.pixels() + row * shape.width + phase % shape.strideWidth;
    if (patches.columns() == 0) {
      return;
    }
    if (shape.phases.length == 1) {
      times(channels, transposed, weights, all.x, to, shape.pixels(), whole, all.add, scratch);
      return;
    }
    int columns = patches.columns();
    phasePixels = room(phasePixels, channels * columns);
    times(channels, transposed, weights, phasePixels, 0, columns, false, scratch);
    for (int channel = 0; channel < channels; channel++) {
      for (int image = 0; image < patches.images; image++) {
        spread(shape, phasePixels, channel * columns + image * patches.positions(),
            all.x, to + image * whole + channel * shape.pixels(), all.add);
      }
    }
  }

  /// Moves a phase's pixels to their places, a stride apart.
  private void spread(ConvolutionShape shape, double[] from, int f, double[] to, int t, boolean add) {
    int columns = patches.at.columns;
    for (int row = 0; row < patches.rows; row++) {
      int source = f + row * columns;
      int target = t + row * shape.strideHeight * shape.width;
      for (int column = 0; column < columns; column++) {
        int place = target + column * shape.strideWidth;
        to[place] = add ? to[place] + from[source + column] : from[source + column];
      }
    }
  }

  /// Computes some columns of W̄ of one group, over all images.
  void weights(DoubleConvolution all, int part, DoubleScratch scratch) {
    computeAs(all);
    ConvolutionShape shape = all.shape;
    int group = part / all.rowParts;
    int from = row(part % all.rowParts, all.rowParts, shape.depth());
    int rows = row(part % all.rowParts + 1, all.rowParts, shape.depth()) - from;
    int outputs = shape.outputsOfGroup();
    product = room(product, rows * outputs);
    int taps = shape.value.taps;
    boolean few = outputs < DoubleSums.LEAST;
    int together = few ? 1 : all.together;
    for (int image = 0, images; image < all.images; image += images) {
      images = Math.min(together, all.images - image);
      int x = all.xt + (image * shape.channels + group * shape.channelsOfGroup()) * shape.pixels();
      patches.set(shape.value, true, images, all.x, x, shape.channels * shape.pixels(), from / taps,
          (from + rows - 1) / taps + 1);
      int z = all.yt + (image * shape.outputs + group * outputs) * shape.positions();
      if (few) {
        addDots(from, rows, outputs, all.y, z, image > 0);
      } else {
        timesTransposed(shape, from, rows, outputs, all.y, z, image > 0, scratch);
      }
    }
    transposed = room(transposed, rows * outputs);
    DoubleKernels.BEST.transpose(rows, outputs, product, 0, outputs, transposed, 0, rows);
    for (int output = 0; output < outputs; output++) {
      DoubleKernels.BEST.add(rows, transposed, output * rows, all.w,
          all.wt + (group * outputs + output) * shape.depth() + from);
    }
  }

  /// C = or += P·Zᵀ over the positions of the current images.
  private void timesTransposed(
      ConvolutionShape shape, int from, int rows, int outputs, double[] z, int zt, boolean add, DoubleScratch scratch) {
    int positions = shape.positions();
    int whole = shape.outputs * positions;
    if (onVectors) {
      vectors.timesTransposed(from, rows, patches, outputs, z, zt, positions, whole, product, outputs, add, scratch);
    } else {
      DoublePortableCorrelation.timesTransposed(from, rows, patches, outputs, z, zt, positions, whole, product, outputs,
          add);
    }
  }

  /// C = or += P·Zᵀ of one image, for fewer outputs than the narrowest vector has lanes: by dot products along the
  /// positions.
  private void addDots(int from, int rows, int outputs, double[] z, int zt, boolean add) {
    int positions = patches.positions();
    row = room(row, positions + DoublePatches.SLACK);
    for (int i = 0; i < rows; i++) {
      if (onVectors) {
        vectors.gather(patches, from + i, row);
      } else {
        DoublePortableCorrelation.gather(patches, from + i, row);
      }
      for (int output = 0; output < outputs; output++) {
        double dot = DoubleKernels.BEST.dot(positions, row, 0, z, zt + output * positions);
        int to = i * outputs + output;
        product[to] = add ? product[to] + dot : dot;
      }
    }
  }
}
