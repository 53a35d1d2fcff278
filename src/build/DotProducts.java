/// The products of a tile of dot products: an accumulator for each output and part, over all whole vectors of k, then
/// over the rest.
///
/// Names in the written code: the first rows of A and B begin at `at0` and `bt0`, the rest of k at `body`.
final class DotProducts {

  private final Source source;
  private final int lanes;
  private final int parts;
  private final int partial;
  private final LaneSums laneSums;

  /// @param parts vectors that the partial sums of one output take
  DotProducts(Source source, Registers registers, int parts, LaneSums laneSums) {
    this.source = source;
    this.lanes = registers.lanes();
    this.parts = parts;
    this.partial = lanes * parts;
    this.laneSums = laneSums;
  }

  void body() {
    source.add("int body = k & -%d;", partial);
  }

  /// Masks for the last vectors, which are moved left until they end with the rows: the lanes not multiplied yet.
  void masks() {
    source.add("long rest = -1L << %d - (k - body);", partial);
    for (int h = 0; h < parts; h++) {
      String shift = h == 0 ? "" : " >> " + h * lanes;
      source.add("VectorMask<Double> rest%d = VectorMask.fromLong(SPECIES, rest%s);", h, shift);
    }
  }

  /// The accumulators, and the products of all whole vectors.
  void whole(int rows, int columns) {
    for (int h = 0; h < parts; h++) {
      for (int o = 0; o < rows * columns; o++) {
        source.add("DoubleVector %s = DoubleVector.zero(SPECIES);", laneSums.sum(o, h));
      }
      source.add("for (int p = 0; p < body; p += %d) {", partial);
      step(rows, columns, h, "%s");
      source.add("}");
    }
  }

  /// The products of the rest of k. Only the lanes in `rest` count, as the others may be infinite or NaN.
  void rest(int rows, int columns) {
    source.add("int p = k - %d;", partial);
    for (int h = 0; h < parts; h++) {
      step(rows, columns, h, "DoubleVector.zero(SPECIES).blend(%s, rest" + h + ")");
    }
  }

  /// The products of one vector in a turn of the loop over k.
  ///
  /// @param form the expression made of each loaded vector
  private void step(int rows, int columns, int h, String form) {
    String part = parts == 1 ? "" : "h" + h;
    for (int i = 0; i < rows; i++) {
      String a = form.formatted(Source.load("a", Source.plus("at" + i + " + p", h * lanes)));
      source.add("DoubleVector a%d%s = %s;", i, part, Source.cast(a));
    }
    for (int j = 0; j < columns; j++) {
      String b = form.formatted(Source.load("b", Source.plus("bt" + j + " + p", h * lanes)));
      source.add("DoubleVector b%d%s = %s;", j, part, b);
      for (int i = 0; i < rows; i++) {
        source.add("%1$s = a%2$d%4$s.lanewise(FMA, b%3$d%4$s, %1$s);", laneSums.sum(i * columns + j, h), i, j, part);
      }
    }
  }

  /// The rest and the sums over the lanes, one number at a time.
  void numbers(int rows, int columns) {
    for (int o = 0; o < rows * columns; o++) {
      for (int h = 0; h < parts; h++) {
        source.add("%s.intoArray(sums, %d);", Source.cast(laneSums.sum(o, h)), o * partial + h * lanes);
      }
    }
    for (int o = 0; o < rows * columns; o++) {
      source.add("double t%d = DoubleSums.end(%d, k, a, at%d, b, bt%d, sums, %d);",
          o, partial, o / columns, o % columns, o * partial);
    }
  }
}
