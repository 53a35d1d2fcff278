package dev.lanewise.kernel;

import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedModes;
import java.util.Random;

/// A convolution to be computed by several libraries, with padding that keeps a square image's size.
///
/// @param pass VALUE (with bias and rectifier), PULL or THETA
/// @param in channels
/// @param out channels
/// @param size rows, and columns, of an image
/// @param window rows, and columns, of the window
/// @param groups parts of the channels
/// @param batch images
record ImageProduct(String pass, int in, int out, int size, int window, int groups, int batch) {

  /// For example `32-64 28x28 3x3 g1 b32`.
  static ImageProduct of(String pass, String shape) {
    String[] numbers = shape.split("[^0-9]+");
    return new ImageProduct(pass, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]),
        Integer.parseInt(numbers[2]),
        Integer.parseInt(numbers[4]), Integer.parseInt(numbers[6]), Integer.parseInt(numbers[7]));
  }

  int pixels() {
    return size * size;
  }

  int xSize() {
    return batch * in * pixels();
  }

  int ySize() {
    return batch * out * pixels();
  }

  int wSize() {
    return out * (in / groups) * window * window;
  }

  long multiplyAdds() {
    return (long) batch * pixels() * wSize();
  }

  private static float[] random(int size, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  float[] x() {
    return random(xSize(), 1);
  }

  float[] w() {
    return random(wSize(), 2);
  }

  float[] bias() {
    return random(out, 3);
  }

  float[] y() {
    return random(ySize(), 4);
  }

  /// Refuses a result that differs from ours by more than rounding.
  void check(String name, float[] ours, float[] theirs) {
    PreparedModes.requireClose(Tensor.row(ours), Tensor.row(theirs), 1e-4, name + ": " + this);
  }
}
