package dev.lanewise.kernel.window;

import dev.lanewise.kernel.lanes.MultiplyAdd;

/// Products with the patches of images in plain Java: the reference for [DoubleVectorCorrelation], and the fallback
/// where vectors do not run.
final class DoublePortableCorrelation {

  private DoublePortableCorrelation() {}

  /// C[m × columns] = or += A·P; A(i, p) at `a[at + i·ars + p]`.
  static void times(
      int m, double[] a, int at, int ars, DoublePatches patches, double[] c, int ct, int cs, boolean add) {
    Correlation shape = patches.at;
    int positions = patches.positions();
    for (int i = 0; i < m; i++) {
      for (int image = 0; image < patches.images; image++) {
        int y = ct + i * cs + image * positions;
        for (int j = 0; !add && j < positions; j++) {
          c[y + j] = 0.0;
        }
        for (int p = 0; p < shape.depth(); p++) {
          int from = patches.term(p) + image * patches.imagePitch;
          for (int row = 0; row < patches.rows; row++) {
            addScaled(shape.columns, a[at + i * ars + p], patches.image, from + row * shape.rowStep, c,
                y + row * shape.columns);
          }
        }
      }
    }
  }

  private static void addScaled(int n, double factor, double[] x, int xt, double[] y, int yt) {
    for (int i = 0; i < n; i++) {
      y[yt + i] = MultiplyAdd.fast(factor, x[xt + i], y[yt + i]);
    }
  }

  /// C[rows × n] = or += P(from …)·Zᵀ for the rows of P from `from` on; Z(j, position) of an image at `z[zt + j·zs +
  /// position]`, the next image `zi` further on.
  static void timesTransposed(
      int from, int rows, DoublePatches patches, int n, double[] z, int zt, int zs, int zi, double[] c, int cs,
      boolean add) {
    Correlation shape = patches.at;
    for (int i = 0; i < rows; i++) {
      int term = patches.term(from + i);
      for (int j = 0; j < n; j++) {
        double sum = add ? c[i * cs + j] : 0.0;
        for (int image = 0; image < patches.images; image++) {
          for (int row = 0; row < patches.rows; row++) {
            int x = term + image * patches.imagePitch + row * shape.rowStep;
            int at = zt + j * zs + image * zi + row * shape.columns;
            for (int column = 0; column < shape.columns; column++) {
              sum = MultiplyAdd.fast(patches.image[x + column], z[at + column], sum);
            }
          }
        }
        c[i * cs + j] = sum;
      }
    }
  }

  /// Copies row p of P of one image to `to`.
  static void gather(DoublePatches patches, int p, double[] to) {
    int columns = patches.at.columns;
    int term = patches.term(p);
    for (int row = 0; row < patches.rows; row++) {
      System.arraycopy(patches.image, term + row * patches.at.rowStep, to, row * columns, columns);
    }
  }
}
