package dev.lanewise.ops;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.DoublePortableKernels;
import dev.lanewise.kernel.FloatPortableKernels;
import dev.lanewise.kernel.lanes.MultiplyAdd;

/// Convolutions by their definition, one element after the other: each sum in the order that is promised, one
/// multiply-add a step.
record ConvolutionReference(Window window, int groups, int height, int width, int channels, int outputs, int images) {

  int rows() {
    return window.positionsAlongHeight(height, "rows");
  }

  int columns() {
    return window.positionsAlongWidth(width, "columns");
  }

  int depth() {
    return channels / groups * window.taps();
  }

  /// The term of an output at (row, column) that is number p of its sum, or 0 outside of the image.
  private double term(Tensor x, int image, int output, int p, int row, int column) {
    int channel = output / (outputs / groups) * (channels / groups) + p / window.taps();
    int tap = p % window.taps();
    int r = row * window.strideHeight() + tap / window.width() * window.dilationHeight() - window.paddingHeight();
    int c = column * window.strideWidth() + tap % window.width() * window.dilationWidth() - window.paddingWidth();
    boolean inside = r >= 0 && r < height && c >= 0 && c < width;
    return inside ? x.get(((image * channels + channel) * height + r) * width + c) : 0;
  }

  private static double add(Precision precision, double a, double b, double sum) {
    return precision == Precision.DOUBLE
        ? MultiplyAdd.fast(a, b, sum)
        : MultiplyAdd.fast((float) a, (float) b, (float) sum);
  }

  /// Y = or += W ∗ X.
  void value(Tensor x, Tensor w, Tensor y, boolean adds) {
    for (int at = 0; at < y.size(); at++) {
      int column = at % columns();
      int row = at / columns() % rows();
      int output = at / columns() / rows() % outputs;
      int image = at / columns() / rows() / outputs;
      double sum = adds ? y.get(at) : 0;
      for (int p = 0; p < depth(); p++) {
        sum = add(x.precision(), w.get(output * depth() + p), term(x, image, output, p, row, column), sum);
      }
      y.set(at, sum);
    }
  }

  /// X̄ = or += Wᵀ ∗ Z̄: over outputs and the taps whose position is a whole one.
  void pull(Tensor z, Tensor w, Tensor x, boolean adds) {
    for (int at = 0; at < x.size(); at++) {
      int column = at % width;
      int row = at / width % height;
      int channel = at / width / height % channels;
      int image = at / width / height / channels;
      int group = channel / (channels / groups);
      double sum = 0;
      for (int o = group * (outputs / groups); o < (group + 1) * (outputs / groups); o++) {
        for (int tap = 0; tap < window.taps(); tap++) {
          int r = row + window.paddingHeight() - tap / window.width() * window.dilationHeight();
          int c = column + window.paddingWidth() - tap % window.width() * window.dilationWidth();
          if (r % window.strideHeight() != 0 || c % window.strideWidth() != 0) {
            continue;
          }
          r /= window.strideHeight();
          c /= window.strideWidth();
          boolean inside = r >= 0 && r < rows() && c >= 0 && c < columns();
          double cotangent = inside ? z.get(((image * outputs + o) * rows() + r) * columns() + c) : 0;
          double weight = w.get(o * depth() + channel % (channels / groups) * window.taps() + tap);
          boolean onto = adds && window.strideHeight() * window.strideWidth() == 1 && o % (outputs / groups) == 0
              && tap == 0;
          sum = add(x.precision(), weight, cotangent, onto ? x.get(at) : sum);
        }
      }
      boolean added = adds && window.strideHeight() * window.strideWidth() > 1;
      x.set(at, added ? x.get(at) + sum : sum);
    }
  }

  /// W̄ += Σ Z̄·X over images and positions.
  void pullWeights(Tensor z, Tensor x, Tensor w) {
    for (int at = 0; at < w.size(); at++) {
      int output = at / depth();
      double sum = 0;
      if (outputs / groups < 128 / x.precision().bytes() / Byte.SIZE) {
        w.set(at, w.get(at) + dots(z, x, output, at % depth()));
        continue;
      }
      for (int image = 0; image < images; image++) {
        for (int position = 0; position < rows() * columns(); position++) {
          double cotangent = z.get((image * outputs + output) * rows() * columns() + position);
          sum = add(x.precision(), term(x, image, output, at % depth(), position / columns(), position % columns()),
              cotangent, sum);
        }
      }
      w.set(at, w.get(at) + sum);
    }
  }

  /// A dot product for each image, in the order of those.
  private double dots(Tensor z, Tensor x, int output, int p) {
    int positions = rows() * columns();
    boolean isFloat = x.precision() == Precision.FLOAT;
    double[] terms = new double[positions];
    float[] floats = new float[positions];
    double sum = 0;
    for (int image = 0; image < images; image++) {
      for (int position = 0; position < positions; position++) {
        terms[position] = term(x, image, output, p, position / columns(), position % columns());
        floats[position] = (float) terms[position];
      }
      int at = z.offset() + (image * outputs + output) * positions;
      if (isFloat) {
        sum = (float) sum + new FloatPortableKernels().dot(positions, floats, 0, z.floats(), at);
      } else {
        sum += new DoublePortableKernels().dot(positions, terms, 0, z.doubles(), at);
      }
    }
    return sum;
  }
}
