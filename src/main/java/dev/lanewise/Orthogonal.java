package dev.lanewise;

import java.util.random.RandomGenerator;

/// `gain` times a matrix with orthonormal rows, or columns where those are fewer, uniform (by Haar's measure) among them.
///
/// The Q of G = Q·R with diag R > 0, for a G of independent standard normal values: Mezzadri, *How to generate random
/// matrices from the classical compact groups*, 2007, section 5. By Gram and Schmidt's process with every vector taken
/// through it twice, after which it is orthogonal to rounding: Giraud, Langou, Rozložník and van den Eshof, *Rounding error
/// analysis of the classical Gram-Schmidt orthogonalization process*, 2005.
record Orthogonal(double gain) implements Initializer {

  Orthogonal {
    RandomValues.requireScale(gain, "orthogonal: gain");
  }

  @Override
  public void initialize(Tensor parameter, RandomGenerator random) {
    Shape shape = parameter.shape();
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(this + ": parameter is " + parameter.describe() + ", expected at least the axes [out, in]");
    }
    if (parameter.size() == 0) {
      return;
    }
    int rows = shape.dim(0);
    int columns = parameter.size() / rows;
    boolean byRows = rows <= columns;
    double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double value = random.nextGaussian();
        vectors[byRows ? row : column][byRows ? column : row] = value;
      }
    }
    orthonormalise(vectors);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        parameter.set(row * columns + column, gain * vectors[byRows ? row : column][byRows ? column : row]);
      }
    }
  }

  private static void orthonormalise(double[][] vectors) {
    for (int index = 0; index < vectors.length; index++) {
      double[] vector = vectors[index];
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < index; before++) {
          add(-dot(vectors[before], vector), vectors[before], vector);
        }
        add(1 / Math.sqrt(dot(vector, vector)) - 1, vector, vector);
      }
    }
  }

  private static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += u[i] * v[i];
    }
    return sum;
  }

  /// v += a·u.
  private static void add(double a, double[] u, double[] v) {
    for (int i = 0; i < u.length; i++) {
      v[i] += a * u[i];
    }
  }
}
